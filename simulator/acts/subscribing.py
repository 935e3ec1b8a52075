"""What is paid every month: it begins with a link, goes on by itself, and ends as its person or the bot wishes."""

from simulator.acts.refusals import CannotDo
from simulator.telegram.bots import Bot, StarMovement
from simulator.telegram.chats import Chat
from simulator.telegram.invoices import Invoice
from simulator.telegram.messages import Message
from simulator.telegram.subscriptions import Subscription
from simulator.telegram.wire import JsonObject
from simulator.telegram.world import World


def check_free(world: World, chat: Chat, invoice: Invoice) -> None:
    """Raise CannotDo for who pays by this invoice already: Telegram opens no second form of it."""
    now = world.calendar.now()
    mine = [one for one in of(chat.bot, chat.person.id) if one.payload == invoice.payload and one.runs(now)]
    if mine:
        raise CannotDo(f"{chat.person.first_name} has this subscription already")


def begin(world: World, chat: Chat, invoice: Invoice, charge_id: str) -> JsonObject:
    """Write a new subscription down; what the message about its first payment says of it."""
    until = int(world.calendar.now()) + invoice.period
    slug = next((slug for slug, one in chat.bot.invoice_links.items() if one is invoice), "")
    chat.bot.subscriptions.append(
        Subscription(charge_id, chat.person.id, slug, invoice.title, invoice.payload, invoice.total, until)
    )
    return {"is_recurring": True, "is_first_recurring": True, "subscription_expiration_date": until}


def of(bot: Bot, person: int) -> list[Subscription]:
    """All subscriptions that a person ever had with a bot, the oldest first."""
    return [one for one in bot.subscriptions if one.person == person]


def cancel(world: World, chat: Chat, charge_id: str) -> Subscription:
    """Its person lets it end with what is paid, in Telegram's own screens; the bot hears of it."""
    mine = _running(world, chat, charge_id)
    if mine.canceled:
        raise CannotDo("it is cancelled already")
    mine.canceled = True
    _tell(world, chat, mine, "canceled")
    return mine


def go_on(world: World, chat: Chat, charge_id: str) -> Subscription:
    """Its person takes the cancellation back; not where the bot cancelled it."""
    mine = _running(world, chat, charge_id)
    if mine.by_bot:
        raise CannotDo("the bot cancelled it, and does not let it go on")
    if not mine.canceled:
        raise CannotDo("it is not cancelled")
    mine.canceled = False
    _tell(world, chat, mine, "active")
    return mine


def renew_due(world: World) -> int:
    """Charge every subscription whose month is over, as often as months passed; how many charges that were."""
    charges = 0
    for bot in list(world.bots.values()):
        for one in list(bot.subscriptions):
            while not one.over and one.until <= world.calendar.now():
                charges += _renew(world, world.chat(bot, world.people[one.person]), one)
    return charges


def _renew(world: World, chat: Chat, one: Subscription) -> bool:
    person = chat.person
    if one.canceled or chat.deleted:
        one.over = True
    elif person.stars < one.amount:
        one.over = True
        _tell(world, chat, one, "failed")
    else:
        invoice = chat.bot.invoice_links[one.slug]
        charge_id = f"pretend_charge_{world.fresh_slug()}"
        person.stars -= one.amount
        movement = StarMovement(charge_id, person.id, one.amount, int(one.until), one.payload, period=invoice.period)
        chat.bot.stars.append(movement)
        one.until += invoice.period
        payment: JsonObject = {
            "currency": invoice.currency,
            "total_amount": one.amount,
            "invoice_payload": one.payload,
            "telegram_payment_charge_id": charge_id,
            "provider_payment_charge_id": "",
            "is_recurring": True,
            "subscription_expiration_date": int(one.until),
        }
        note = Message(chat.take_id(), False, world.seconds(), service={"successful_payment": payment})
        world.put(chat, note)
        world.tell("payment", chat, {"state": "paid", "total": one.amount, "currency": invoice.currency})
        return True
    return False


def _running(world: World, chat: Chat, charge_id: str) -> Subscription:
    for one in of(chat.bot, chat.person.id):
        if one.charge_id == charge_id and one.runs(world.calendar.now()):
            return one
    raise CannotDo(f"{chat.person.first_name} has no such subscription")


def _tell(world: World, chat: Chat, one: Subscription, state: str) -> None:
    body: JsonObject = {"user": chat.person.user(), "invoice_payload": one.payload, "state": state}
    chat.bot.updates.add("subscription", body, ("user", chat.person.id))
    world.tell("subscription", chat, one.to_json())
