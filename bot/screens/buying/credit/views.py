"""What one has to spend at each seller, its movements by pages, and the question for the code of a gift card."""

from collections.abc import Mapping, Sequence

from bot.screens.buying.credit.buttons import OpenCredit, TypeCard
from bot.screens.buying.home.buttons import OpenHelp
from bot.screens.buying.orders.buttons import OpenOrder
from bot.screens.parts import ways
from bot.sending.reply import Key, Screen
from bot.words import Html, Words, mark
from db.models import CreditKind
from shop.credit import Balance, Moved

KINDS: Mapping[CreditKind, str] = {
    CreditKind.REDEEMED: mark("gift card"),
    CreditKind.GIVEN: mark("from the seller"),
    CreditKind.HELD: mark("order {number}"),
    CreditKind.RETURNED: mark("back from order {number}"),
    CreditKind.REFUNDED: mark("refund of order {number}"),
    CreditKind.FORFEITED: mark("left the shop"),
}
ROW = 4  # keys of orders beside each other


def credit(
    words: Words,
    accounts: Sequence[Balance],
    at: Balance | None,
    moved: Sequence[Moved],
    pressed: OpenCredit,
    *,
    more: bool,
    note: Html | str = "",
) -> Screen:
    """The balance at one seller with its movements, and keys to the others; `note` (HTML): what was just done."""
    type_card = Key(words.plain("🎁 Redeem a gift card"), TypeCard(), style=None if at is not None else "primary")
    if at is None:
        text = words("🎁 <b>Store credit</b>\n\nYou have none. A gift card becomes credit, and pays your next order.")
        said = [part for part in (note, text) if part]
        return Screen("\n\n".join(said), ((type_card,), (ways.back(words, OpenHelp()), ways.home(words))))
    parts = [
        note,
        words(
            "🎁 <b>Store credit</b> at {seller}\n\nYou have <b>{amount}</b>.",
            seller=at.seller,
            amount=words.money(at.balance, at.currency),
        ),
        "\n".join(_line(words, one, at.currency) for one in moved),
        words("Your next order there uses it by itself; the checkout says how much.") if at.balance else "",
    ]
    others = [
        (
            Key(
                words.row(other.seller, words.money(other.balance, other.currency)),
                OpenCredit(other.account_id),
            ),
        )
        for other in accounts
        if other.account_id != at.account_id
    ]
    orders = [
        Key(f"📦 {number}", OpenOrder(number))
        for number in dict.fromkeys(one.order_id for one in moved if one.order_id is not None)
    ]
    rows = [tuple(orders[start : start + ROW]) for start in range(0, len(orders), ROW)]
    first = OpenCredit(at.account_id) if pressed.before is not None else None
    older = OpenCredit(at.account_id, moved[-1].id) if more else None
    return Screen(
        "\n\n".join(str(part) for part in parts if part),
        (
            *rows,
            ways.pages(words, first, older),
            *others,
            (type_card,),
            (ways.back(words, OpenHelp()), ways.home(words)),
        ),
    )


def ask_code(words: Words, *, problem: str = "") -> Screen:
    """Asks for the code; `problem` (plain): why the last one did not hold."""
    text = words("🎁 Write the code of your gift card. It looks like <code>XXXX-XXXX-XXXX</code>.")
    if problem:
        text = words("⚠️ {problem}", problem=problem) + "\n\n" + text
    return Screen(text, ((ways.back(words, OpenCredit()),),))


def _line(words: Words, one: Moved, currency: str) -> str:
    amount = words.money(abs(one.delta), currency)
    line = words(
        "{day} · {sign}{amount} · {what}",
        day=words.date(one.at),
        sign="+" if one.delta > 0 else "−",
        amount=amount,
        what=words.plain(KINDS[one.kind], number=one.order_id or ""),
    )
    if one.reason:
        line += words(" · <i>{reason}</i>", reason=one.reason)
    return line
