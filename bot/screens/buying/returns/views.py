"""A return as its customer sees it: where it stands, what comes next, and its steps."""

from collections.abc import Mapping, Sequence

from bot.screens.buying.orders.buttons import OpenOrder, TellProblem
from bot.screens.buying.returns.buttons import AskReturn, OpenReturn, ReturnPhotoShown, WithdrawReturn
from bot.screens.parts import order_text, return_lines, return_photos, ways
from bot.sending.reply import Key, Screen, Sight
from bot.words import Html, Words, mark
from db.models import Order, Return, ReturnStatus
from shop.orders.news import BY_HAND
from shop.policy import Policy
from shop.returns.rule import AGREED, ASKED, CLOSED, DECLINED, RECEIVED, REFUNDED

NEWS: Mapping[ReturnStatus, str] = {
    AGREED: mark("↩️ {seller} takes it back."),
    DECLINED: mark("✋ {seller} does not take it back."),
    RECEIVED: mark("📦 {seller} has the goods back."),
    REFUNDED: mark("💸 {seller} gives you {amount} back."),
    CLOSED: mark("✕ {seller} ended your return without money."),
}


def page(words: Words, row: Return, policy: Policy, *, news: bool = False, toast: str | None = None) -> Screen:
    """One return; `news`: it tells the last step."""
    title = words("↩️ <b>Return</b> · order {number}", number=row.order_id)
    if news and row.status in NEWS:
        amount = words.money(_decided(row), row.order.currency)
        title = words(NEWS[row.status], seller=row.order.owner.name, amount=amount) + Html("\n") + title
    text = return_lines.body(words, row, title)
    if following := _next(words, row, policy):
        text += Html("\n\n") + following
    rows: list[tuple[Key, ...]] = []
    if row.status in (ASKED, AGREED):
        rows.append((Key(words.plain("✕ Keep it after all"), WithdrawReturn(row.id)),))
    if row.photos:
        rows.append((Key(words.plain("📷 Photos"), ReturnPhotoShown(row.id)),))
    rows.append((Key(words.plain("💬 Write to the seller"), TellProblem(row.order_id)),))
    rows.append((Key(words.plain("📦 Order {number}", number=row.order_id), OpenOrder(row.order_id)), ways.home(words)))
    sight = Sight(row.order_id, None, None if news else OpenReturn(row.id))
    return Screen(text, tuple(rows), toast=toast, sight=sight)


def of_order(words: Words, order: Order, found: Sequence[Return], *, more: bool) -> Screen:
    """The returns of one order, newest first."""
    rows = [(Key(return_lines.label(words, one), OpenReturn(one.id)),) for one in found]
    if more:
        rows.append((Key(words.plain("↩️ Send something back"), AskReturn(order.id)),))
    text = words("↩️ <b>Returns of order {number}</b>", number=order.id)
    return Screen(text, (*rows, (ways.back(words, OpenOrder(order.id)), ways.home(words))))


def sure_to_withdraw(words: Words, row: Return) -> Screen:
    """Asks back before a return is taken back."""
    text = words("Keep it after all? The seller is told.") + Html("\n\n") + return_lines.goods(words, row)
    yes = Key(words.plain("✕ Keep it after all"), WithdrawReturn(row.id, sure=True))
    return Screen(text, ((yes,), (ways.back(words, OpenReturn(row.id)),)))


def photo(words: Words, row: Return, place: int, bot_id: int) -> Screen:
    """One of its photos, with keys to the others."""
    return return_photos.photo(
        words, row, place, bot_id, at=lambda to: ReturnPhotoShown(row.id, to), back=OpenReturn(row.id)
    )


def _next(words: Words, row: Return, policy: Policy) -> Html | None:
    """What its customer may expect, or is to do."""
    if row.status is ASKED:
        return words("The seller looks at it. The answer comes here.")
    if row.status is AGREED:
        if policy.return_to:
            return words("📮 Please send it to:\n<blockquote>{address}</blockquote>", address=policy.return_to)
        return words("📮 Please send it back. Ask the seller if you do not know where to.")
    if row.status is RECEIVED:
        return words("The seller decides about the money now.")
    if row.status is REFUNDED:
        return _money(words, row.order)
    return None


def _money(words: Words, order: Order) -> Html | None:
    """What is back and what was only decided, of the whole order; by hand it is said who gives it."""
    if order.payment is None:
        return None
    lines = order_text.given_back(words, order.payment)
    if order.payment.to_give_back and order.payment_method in BY_HAND:
        lines.append(words("The seller gives your money back by hand. We write to you when it is done."))
    return Html("\n").join(lines)


def _decided(row: Return) -> int:
    return next((one.amount or 0 for one in reversed(row.events) if one.status is REFUNDED), 0)
