"""A return as its seller sees it, with the keys that take it one step on."""

from bot.screens.buying.checkout.buttons import OpenRefund
from bot.screens.parts import return_lines, return_photos, ways
from bot.screens.selling.orders.buttons import OpenSale, WriteToCustomer
from bot.screens.selling.returns.buttons import (
    AgreeReturn,
    CloseReturn,
    DeclineReturn,
    GiveBack,
    GoodsBack,
    ListSalesReturns,
    OpenSalesReturn,
    OtherAmount,
    SalesReturnPhoto,
)
from bot.sending.reply import Key, Screen, Sight
from bot.words import Html, Words
from db.models import Return
from shop.returns.paying import Worth
from shop.returns.rule import AGREED, ASKED, RECEIVED, REFUNDED, WITHDRAWN


def page(
    words: Words,
    row: Return,
    worth: Worth | None = None,
    *,
    news: str | None = None,
    again: int = 0,
    toast: str | None = None,
) -> Screen:
    """One return; `worth` where its reader may give money back, `news` is the step that it is told for."""
    title = words("↩️ <b>Return</b> · order {number} · {name}", number=row.order_id, name=row.order.user.name)
    if news is not None:
        title = _news(words, row, news, again) + Html("\n") + title
    text = return_lines.body(words, row, title, own=True)
    if row.status is RECEIVED and worth is None:
        text += words("\n\nWhoever sees to the money decides what goes back.")
    rows = [*_moves(words, row, worth)]
    if row.photos:
        rows.append((Key(words.plain("📷 Photos"), SalesReturnPhoto(row.id)),))
    rows.append((Key(words.plain("💬 Write to the customer"), WriteToCustomer(row.order_id)),))
    order = Key(words.plain("🧾 Order {number}", number=row.order_id), OpenSale(row.order_id))
    rows.append((order, Key(words.plain("↩️ All returns"), ListSalesReturns())))
    rows.append((ways.home(words),))
    sight = Sight(row.order_id, None, OpenSalesReturn(row.id) if news is None else None)
    return Screen(text, tuple(rows), toast=toast, sight=sight)


def ask_word(words: Words, row: Return, *, agrees: bool, where: str) -> Screen:
    """Asks what the customer shall read with the answer."""
    rows: list[tuple[Key, ...]] = []
    if agrees:
        text = words(
            "✅ {name} reads that you take it back. Write a word to it, if you like.", name=row.order.user.name
        )
        if where:
            text += words("\nThey read where to send it:\n<blockquote>{address}</blockquote>", address=where)
        else:
            text += words("\nWrite where to send it to.")
        rows.append((Key(words.plain("Without a word"), AgreeReturn(row.id, silent=True)),))
    else:
        text = words("✋ Write why you do not take it back: {name} reads it.", name=row.order.user.name)
    rows.append((ways.back(words, OpenSalesReturn(row.id)),))
    return Screen(text, tuple(rows), sight=Sight(row.order_id, None, OpenSalesReturn(row.id)))


def photo(words: Words, row: Return, place: int, bot_id: int) -> Screen:
    """One of its photos, with keys to the others."""
    return return_photos.photo(
        words, row, place, bot_id, at=lambda to: SalesReturnPhoto(row.id, to), back=OpenSalesReturn(row.id)
    )


def _news(words: Words, row: Return, step: str, again: int) -> Html:
    if again:
        return words("⏰ This return waits for you.")
    if step == WITHDRAWN:
        return words("✕ {name} keeps it after all.", name=row.order.user.name)
    return words("🛎 {name} wants to send something back.", name=row.order.user.name)


def _moves(words: Words, row: Return, worth: Worth | None) -> list[tuple[Key, ...]]:
    if row.status is ASKED:
        agree = Key(words.plain("✅ Take it back"), AgreeReturn(row.id))
        return [(agree,), (Key(words.plain("✋ Decline"), DeclineReturn(row.id)),)]
    if row.status is AGREED:
        back = Key(words.plain("📦 The goods are back"), GoodsBack(row.id))
        return [(back,), (Key(words.plain("✋ Decline after all"), DeclineReturn(row.id)),)]
    if row.status is RECEIVED and worth is not None:
        return _money(words, row, worth)
    if row.status is REFUNDED:
        return [(Key(words.plain("💶 Money of this order"), OpenRefund(row.order_id)),)]
    return []


def _money(words: Words, row: Return, worth: Worth) -> list[tuple[Key, ...]]:
    """What may be given back: the pieces, everything with the shipping, another sum, or nothing."""
    rows: list[tuple[Key, ...]] = []
    currency = row.order.currency
    if worth.pieces and not worth.whole_only:
        amount = words.money(worth.pieces, currency)
        rows.append((Key(words.plain("💸 Give {amount} back", amount=amount), GiveBack(row.id, worth.pieces)),))
    if worth.everything and (worth.whole_only or worth.everything != worth.pieces):
        amount = words.money(worth.everything, currency)
        label = words.plain("💸 Everything that is left: {amount}", amount=amount)
        rows.append((Key(label, GiveBack(row.id, worth.everything)),))
    if worth.everything and not worth.whole_only:
        rows.append((Key(words.plain("💸 Another amount"), OtherAmount(row.id)),))
    rows.append((Key(words.plain("✕ End it without money"), CloseReturn(row.id)),))
    return rows
