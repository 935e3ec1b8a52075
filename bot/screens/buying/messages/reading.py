"""Reading what was written: as news when it comes, and by pages later."""

from msgspec.structs import replace

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.home.buttons import OpenHome
from bot.screens.buying.messages import views
from bot.screens.buying.messages.buttons import (
    AnswerCustomer,
    AnswerSeller,
    ReadMessage,
    ReadSalesMessage,
    ReadSalesThread,
    ReadThread,
    ShowOrder,
    ShowProduct,
    ShowSale,
)
from bot.screens.buying.orders.buttons import OpenOrder, TellProblem
from bot.screens.parts import ways
from bot.screens.selling.bans.buttons import AskBan, AskBanOfWriter
from bot.screens.selling.customers.buttons import OpenWriter
from bot.screens.selling.orders.buttons import OpenSale, WriteToCustomer
from bot.sending.button import Button
from bot.sending.reply import Key, Keyboard, Lead, Reply, Screen
from db.models import Author, Notification, Permission
from shop import messages
from shop.messages import threads
from shop.messages.threads import Thread
from shop.orders import reading as order_reading
from shop.refusals import NotFound

PAGE = 5

router = Router()


@router.notice("problem", "question")
async def from_customer(visit: Visit, notification: Notification) -> Reply:
    """A customer wrote."""
    return await _news(visit, notification, to_customer=False)


@router.notice("problem_answer", "question_answer")
async def from_seller(visit: Visit, notification: Notification) -> Reply:
    """The seller wrote."""
    return await _news(visit, notification, to_customer=True)


@router.button(ReadThread)
async def read_thread(visit: Visit, pressed: ReadThread) -> Reply:
    """A customer's own messages."""
    async with visit.db.read() as session:
        thread = await threads.of_message(session, visit.user, pressed.message_id)
    back: Button = OpenHome() if thread.order is None else OpenOrder(thread.order.id)
    answer = Key(visit.words.plain("💬 Answer"), AnswerSeller(pressed.message_id))
    return await _page(visit, thread, pressed, back, answer)


@router.button(ReadSalesThread, for_="owner", needs=Permission.ORDERS)
async def read_sales_thread(visit: Visit, pressed: ReadSalesThread) -> Reply:
    """A seller's messages with a customer."""
    async with visit.db.read() as session:
        thread = await threads.of_message_sold(session, visit.seller, pressed.message_id)
    back: Button = OpenHome() if thread.order is None else OpenSale(thread.order.id)
    answer = Key(visit.words.plain("💬 Answer"), AnswerCustomer(pressed.message_id))
    return await _page(visit, thread, pressed, back, answer)


@router.button(ReadMessage)
async def read_message(visit: Visit, pressed: ReadMessage) -> Reply:
    """The whole of a customer's own message."""
    async with visit.db.read() as session:
        await threads.of_message(session, visit.user, pressed.message_id)
    return await _one(visit, pressed, ReadThread(pressed.message_id))


@router.button(ReadSalesMessage, for_="owner", needs=Permission.ORDERS)
async def read_sales_message(visit: Visit, pressed: ReadSalesMessage) -> Reply:
    """The whole of a message to or from a seller."""
    async with visit.db.read() as session:
        await threads.of_message_sold(session, visit.seller, pressed.message_id)
    return await _one(visit, pressed, ReadSalesThread(pressed.message_id))


@router.button(ShowOrder)
async def show_order(_visit: Visit, pressed: ShowOrder) -> Lead:
    """The customer's order, below what was read."""
    return Lead(OpenOrder(pressed.order_id, card=True), fresh=True)


@router.button(ShowSale, for_="owner", needs=Permission.ORDERS)
async def show_sale(_visit: Visit, pressed: ShowSale) -> Lead:
    """The seller's order, below what was read."""
    return Lead(OpenSale(pressed.order_id), fresh=True)


async def _news(visit: Visit, notification: Notification, *, to_customer: bool) -> Reply:
    words, data = visit.words, notification.data
    if "message_id" not in data:
        return await _old_news(visit, notification, to_customer=to_customer)
    async with visit.db.read() as session:
        told = await messages.get(session, int(data["message_id"]))
    one = told.message
    keys = _keys(visit, one.id, one.order_id, one.product_id, to_customer=to_customer)
    name = told.seller if to_customer else told.customer
    if one.author is Author.OPERATOR:
        name = words.plain("The shop")
    return views.news(
        words,
        name or words.plain("The seller"),
        one.text,
        keys,
        order_id=one.order_id,
        product=told.product,
        photo=views.picture(one, visit.bot_id),
        has_photo=one.photo_file_id is not None,
        read_all=ReadMessage(one.id, below=True) if to_customer else ReadSalesMessage(one.id, below=True),
    )


async def _old_news(visit: Visit, notification: Notification, *, to_customer: bool) -> Reply:
    """News that an earlier version wrote down, with its text and no message."""
    words, order_id = visit.words, int(notification.data["order_id"])
    async with visit.db.read() as session:
        order = await order_reading.get(session, order_id)
    if order is None:
        raise NotFound(order_id=order_id)
    name = order.owner.name if to_customer else order.user.name
    answer: Button = TellProblem(order_id) if to_customer else WriteToCustomer(order_id)
    keys = ((_order(visit, order_id, to_customer=to_customer), Key(words.plain("💬 Answer"), answer)),)
    return views.news(words, name, str(notification.data["text"]), keys, order_id=order_id)


def _keys(
    visit: Visit, message_id: int, order_id: int | None, product_id: int | None, *, to_customer: bool
) -> Keyboard:
    words = visit.words
    answer: Button = AnswerSeller(message_id) if to_customer else AnswerCustomer(message_id)
    row = [Key(words.plain("💬 Answer"), answer)]
    ban: Button = AskBanOfWriter(message_id) if order_id is None else AskBan(order_id)
    who = Key(words.plain("👤 The customer"), OpenWriter(message_id))
    away = () if to_customer else (who, Key(words.plain("🚫 Take no more orders"), ban))
    if order_id is not None:
        row.append(_order(visit, order_id, to_customer=to_customer))
        return (tuple(row), away)
    if product_id is not None:
        row.append(Key(words.plain("🛍 To the product"), ShowProduct(product_id)))
    every = ReadThread(message_id, below=True) if to_customer else ReadSalesThread(message_id, below=True)
    return (tuple(row), (Key(words.plain("💬 All messages"), every),), away)


def _order(visit: Visit, order_id: int, *, to_customer: bool) -> Key:
    if to_customer:
        return Key(visit.words.plain("📦 Order {number}", number=order_id), ShowOrder(order_id))
    return Key(visit.words.plain("🧾 Order {number}", number=order_id), ShowSale(order_id))


async def _page(
    visit: Visit, thread: Thread, pressed: ReadThread | ReadSalesThread, back: Button, answer: Key
) -> Screen:
    async with visit.db.read() as session:
        found = await messages.page(session, thread, before_id=pressed.before, limit=PAGE + 1)
    page = found[:PAGE]
    earlier = replace(pressed, before=page[-1].message.id, below=False) if len(found) > PAGE else None
    newest = None if pressed.before is None else replace(pressed, before=None, below=False)
    customers = isinstance(pressed, ReadThread)
    screen = views.thread(
        visit.words,
        thread,
        page,
        customers=customers,
        first=newest,
        earlier=earlier,
        one=ReadMessage if customers else ReadSalesMessage,
        keys=((answer,), (ways.back(visit.words, back), ways.home(visit.words))),
    )
    return replace(screen, fresh=pressed.below)


async def _one(visit: Visit, pressed: ReadMessage | ReadSalesMessage, back: Button) -> Screen:
    async with visit.db.read() as session:
        told = await messages.get(session, pressed.message_id)
    screen = views.message(
        visit.words,
        told,
        max(0, pressed.part),
        customers=isinstance(pressed, ReadMessage),
        bot_id=visit.bot_id,
        following=replace(pressed, part=pressed.part + 1, below=False),
        back=back,
    )
    return replace(screen, fresh=pressed.below)
