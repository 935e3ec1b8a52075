"""The goods are back: what goes to the shelf, and the questions before money goes."""

from collections.abc import Mapping

from bot.screens.buying.checkout.buttons import OpenRefund, PaidBack
from bot.screens.parts import ways
from bot.screens.parts.asking import look_again
from bot.screens.selling.returns.buttons import GiveBack, OpenSalesReturn, SetShelf, TakeBack
from bot.sending.cutting import fit_plain
from bot.sending.reply import Key, Screen
from bot.words import Html, Words, mark
from db.models import RefundState, Return
from shop.orders.news import BY_HAND
from shop.returns.paying import Paid, Worth

LABEL = 44  # UTF-16 units of a name on a key
STATES: Mapping[RefundState, str] = {
    RefundState.CREATED: mark("{amount}: the payment service was not reached yet. We keep trying."),
    RefundState.PENDING: mark("{amount} is on its way back."),
    RefundState.SUCCEEDED: mark("{amount} went back."),
    RefundState.FAILED: mark("{amount} could not be given back. Look at the money of the order."),
    RefundState.MANUAL: mark("{amount} is to be given back by hand: please give it back yourself."),
}


def shelf(words: Words, row: Return, picked: Mapping[int, int]) -> Screen:
    """Which pieces go back into stock."""
    text = words("📦 <b>The goods are back</b> · order {number}", number=row.order_id)
    text += words("\n\nWhich of them can be sold again? They go back into stock.")
    rows: list[tuple[Key, ...]] = [
        (
            Key(words.plain("✅ All of them"), TakeBack(row.id, everything=True)),
            Key(words.plain("None of them"), TakeBack(row.id, everything=False)),
        )
    ]
    several = sum(line.quantity for line in row.lines) > 1
    for line in row.lines if several else ():
        units = picked.get(line.id, 0)
        label = words.plain(
            "{n} of {of} × {product}",
            n=words.number(units),
            of=words.number(line.quantity),
            product=fit_plain(line.item.name, LABEL),
        )
        fewer = Key("−", SetShelf(row.id, line.id, max(units - 1, 0)))
        more = Key("＋", SetShelf(row.id, line.id, min(units + 1, line.quantity)))
        rows += [(Key(label, SetShelf(row.id, line.id, line.quantity)),), (fewer, more)]
    if any(picked.values()):
        n = sum(picked.values())
        label = words.plain_n("📥 {n} piece into stock", "📥 {n} pieces into stock", n)
        rows.append((Key(label, TakeBack(row.id), style="primary"),))
    rows.append((ways.back(words, OpenSalesReturn(row.id)),))
    return Screen(text, tuple(rows))


def sure_to_give(words: Words, row: Return, worth: Worth, yes: GiveBack, *, again: bool) -> Screen:
    """Asks before money goes: how much, to whom, and how."""
    goes = words.money(yes.amount, row.order.currency)
    parts = [words("💸 Give {amount} of order {number} back?", amount=goes, number=row.order_id)]
    if worth.whole_only:
        parts.append(words("This way to pay gives back everything or nothing."))
    elif yes.amount == worth.pieces:
        parts.append(words("That is what the pieces cost, after the discount. Shipping stays with you."))
    if row.order.payment_method in BY_HAND:
        parts.append(words("It was paid by hand: please give it back yourself, then say so."))
    parts.append(words("{name} is told at once. This cannot be undone.", name=row.order.user.name))
    key = Key(words.plain("💸 Give {amount} back", amount=goes), yes, style="danger")
    toast = look_again(words) if again else None
    return Screen(Html("\n\n").join(parts), ((key,), (ways.back(words, OpenSalesReturn(row.id)),)), toast=toast)


def given(words: Words, paid: Paid) -> Screen:
    """How it went."""
    row = paid.row
    lines = [words("💸 <b>Return</b> · order {number}", number=row.order_id)]
    lines += [words(STATES[one.state], amount=words.money(one.amount, one.currency)) for one in paid.news]
    by_hand = [
        (
            Key(
                words.plain("✅ I gave {amount} back", amount=words.money(one.amount, one.currency)),
                PaidBack(one.refund_id),
            ),
        )
        for one in paid.news
        if one.state is RefundState.MANUAL
    ]
    money = Key(words.plain("💳 Money of order {number}", number=row.order_id), OpenRefund(row.order_id))
    return Screen(
        Html("\n").join(lines), (*by_hand, (money,), (ways.back(words, OpenSalesReturn(row.id)), ways.home(words)))
    )


def ask_amount(words: Words, row: Return, worth: Worth) -> Screen:
    """Asks how much goes back."""
    most = words.money(worth.everything, row.order.currency)
    text = words("💸 Write how much goes back, such as <code>5.50</code>. At most {most}.", most=most)
    return Screen(text, ((ways.back(words, OpenSalesReturn(row.id)),),))


def ask_why(words: Words, row: Return) -> Screen:
    """Asks why no money goes back."""
    text = words("✕ Write why no money goes back: {name} reads it.", name=row.order.user.name)
    return Screen(text, ((ways.back(words, OpenSalesReturn(row.id)),),))
