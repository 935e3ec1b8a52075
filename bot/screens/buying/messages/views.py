"""What customers and sellers write to each other: asked for, sent, told, and read again."""

from collections.abc import Callable, Sequence

from bot.screens.buying.messages.buttons import StopAsking
from bot.screens.buying.orders.buttons import ListOrders, OpenOrder, StopWriting
from bot.screens.parts import ways
from bot.screens.parts.message_lines import _name, quote, said
from bot.sending.button import Button
from bot.sending.cutting import CAPTION
from bot.sending.pictures import NOBODYS
from bot.sending.reply import Key, Keyboard, Photo, Screen
from bot.words import Html, Words
from db.models import Message
from shop.messages import Told
from shop.messages.threads import Thread

LISTED = 600  # in the list of messages: five fit
TOLD = 2500  # where it is told
UNDER_PHOTO = 600  # where it is told under its photo: a caption has room for 1,024
PART = 1500  # of one message that is read in parts


def picture(message: Message, bot_id: int) -> Photo | None:
    """The photo of a message, if this bot can show it."""
    mine = message.photo_file_id is not None and message.photo_bot_id == bot_id
    return Photo(NOBODYS, message.photo_file_id) if mine else None


def ask(words: Words, thread: Thread, *, fresh: bool = True) -> Screen:
    """Asks the customer what the seller shall read; a message of its own, so that what it is about stays."""
    seller = thread.seller.name or words.plain("the seller")
    stop: Button = StopAsking(thread.product_id)
    if thread.order is not None:
        stop = StopWriting(thread.order.id)
        text = words(
            "✍️ Write your message to {seller} about order {number}. They can answer you here. "
            "Photos can be sent as well.",
            seller=seller,
            number=thread.order.id,
        )
    elif thread.product:
        text = words(
            "✍️ Write your question to {seller} about <b>{product}</b>. The answer comes here.",
            seller=seller,
            product=thread.product,
        )
    else:
        text = words("✍️ Write your question to {seller}. The answer comes here.", seller=seller)
    return Screen(text, ((Key(words.plain("✕ Never mind"), stop),),), fresh=fresh)


def sent(words: Words, thread: Thread) -> Screen:
    """It is on its way to the seller."""
    text = words("Sent to {seller}. The answer comes here.", seller=thread.seller.name or words.plain("the seller"))
    text += words("\nA photo that you send now goes with it.")
    return Screen(text, (_where(words, thread),))


def not_sent(words: Words, why: str, thread_order: int | None) -> Screen:
    """The seller has enough to read; nothing else is asked."""
    order = (_order(words, thread_order),) if thread_order else ()
    return Screen(words("✋ {why}", why=why), ((*order, ways.home(words)),))


def news(  # noqa: PLR0913  what the news needs
    words: Words,
    name: str,
    text: str,
    keys: Keyboard,
    *,
    order_id: int | None = None,
    product: str = "",
    photo: Photo | None = None,
    has_photo: bool = False,
    read_all: Button | None = None,
) -> Screen:
    """Somebody wrote; the whole of it is one tap away where it does not fit."""
    most = UNDER_PHOTO if photo else TOLD
    head = words("💬 <b>{name}</b>", name=name)
    if order_id is not None:
        head = words("💬 <b>{name}</b> about order {number}:", name=name, number=order_id)
    elif product:
        head = words("💬 <b>{name}</b> about <b>{product}</b>:", name=name, product=product)
    body = [head, said(words, text, most, photo=has_photo), words("<i>Reply to this message to answer.</i>")]
    if read_all is not None and len(text) > most:
        keys = ((ways.read_all(words, read_all),), *keys)
    return Screen("\n\n".join(body), keys, photo=photo)


def thread(
    words: Words,
    around: Thread,
    page: Sequence[Told],
    *,
    customers: bool,
    first: Button | None,
    earlier: Button | None,
    one: Callable[[int], Button],
    keys: Keyboard,
) -> Screen:
    """A page of messages, the newest last; `one` opens a message that has a photo or does not fit."""
    other = around.seller.name if customers else around.customer.name
    title = words("💬 <b>{name}</b>", name=other or words.plain("The seller"))
    if around.order is not None:
        title = words("💬 <b>{name}</b> · order {number}", name=other, number=around.order.id)
    lines, rows = [title], []
    for told in reversed(page):
        message, name = told.message, _name(words, told.message, told.customer, told.seller, customers=customers)
        head = words("<b>{name}</b> · {time}", name=name, time=words.datetime(message.created_at))
        if told.product:
            head += words(" · {product}", product=told.product)
        lines.append(head + Html("\n") + said(words, message.text, LISTED, photo=message.photo_file_id is not None))
        if message.photo_file_id is not None or len(message.text) > LISTED:
            symbol = "📖" if message.photo_file_id is None else "📷"
            rows.append((Key(f"{symbol} {name} · {words.datetime(message.created_at)}", one(message.id)),))
    return Screen("\n\n".join(lines), (*rows, ways.pages(words, earlier, first), *keys))


def message(
    words: Words,
    told: Told,
    part: int,
    *,
    customers: bool,
    bot_id: int,
    following: Button,
    back: Button,
) -> Screen:
    """One message, with its photo on the first part."""
    one = told.message
    photo = picture(one, bot_id)
    first = CAPTION // 2 if photo else PART
    start, end = (0, first) if part == 0 else (first + (part - 1) * PART, first + part * PART)
    name = _name(words, one, told.customer, told.seller, customers=customers)
    text = words("<b>{name}</b> · {time}", name=name, time=words.datetime(one.created_at))
    text += Html("\n") + quote(words, one.text[start:end], PART) if one.text[start:end] else Html()
    if one.photo_file_id is not None and photo is None:
        text += words("\n📷 The photo cannot be shown any more.")
    more = (Key(words.plain("Next »"), following),) if one.text[end:] else ()
    return Screen(text, (more, (ways.back(words, back), ways.home(words))), photo=photo if part == 0 else None)


def _order(words: Words, order_id: int) -> Key:
    return Key(words.plain("📦 Order {number}", number=order_id), OpenOrder(order_id))


def _where(words: Words, around: Thread) -> tuple[Key, ...]:
    if around.order is not None:
        return (_order(words, around.order.id), ways.home(words))
    return (Key(words.plain("📦 My orders"), ListOrders()), ways.home(words))
