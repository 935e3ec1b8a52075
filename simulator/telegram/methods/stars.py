"""Telegram Stars: refunds, the list of movements, the balance."""

from simulator.telegram.errors import bad_request
from simulator.telegram.messages import Message
from simulator.telegram.methods.registry import Call, method
from simulator.telegram.wire import Json, JsonObject

MAX_PAGE = 100


@method("refundStarPayment", "user_id telegram_payment_charge_id")
async def refund_star_payment(call: Call) -> Json:
    """All Stars of one payment go back, once."""
    person = call.world.people.get(call.parameters.integer("user_id"))
    if person is None:
        raise bad_request("user not found")
    charge_id = call.parameters.required("telegram_payment_charge_id")
    movement = next((m for m in call.bot.stars if m.charge_id == charge_id and m.person == person.id), None)
    if movement is None:
        raise bad_request("CHARGE_ID_INVALID")
    if movement.refunded:
        raise bad_request("CHARGE_ALREADY_REFUNDED")
    movement.refunded, movement.refunded_at = True, int(call.world.calendar.now())
    person.stars += movement.amount
    chat = call.world.chat(call.bot, person)
    refund: JsonObject = {
        "currency": "XTR",
        "total_amount": movement.amount,
        "invoice_payload": movement.payload,
        "telegram_payment_charge_id": charge_id,
    }
    note = Message(chat.take_id(), True, call.world.seconds(), service={"refunded_payment": refund})
    call.world.put(chat, note)
    call.bot.updates.add("message", chat.message_json(note), ("chat", person.id))  # the bot's own, and it hears of it
    call.world.tell("payment", chat, {"state": "refunded", **refund})
    return True


@method("editUserStarSubscription", "user_id telegram_payment_charge_id is_canceled")
async def edit_user_star_subscription(call: Call) -> Json:
    """Let a subscription end with what is paid, or let its person go on with one that the bot had cancelled."""
    person = call.world.people.get(call.parameters.integer("user_id"))
    if person is None:
        raise bad_request("user not found")
    charge_id, canceled = call.parameters.required("telegram_payment_charge_id"), call.parameters.flag("is_canceled")
    mine = [one for one in call.bot.subscriptions if one.charge_id == charge_id and one.person == person.id]
    if not mine:
        raise bad_request("CHARGE_ID_INVALID")
    if not mine[0].runs(call.world.calendar.now()):
        raise bad_request("SUBSCRIPTION_NOT_ACTIVE")
    mine[0].by_bot = canceled
    mine[0].canceled = mine[0].canceled or canceled
    call.world.tell("subscription", call.world.chat(call.bot, person), mine[0].to_json())
    return True


@method("getStarTransactions", "offset limit")
async def get_star_transactions(call: Call) -> Json:
    """Movements in order, the oldest first; a refund is a movement with the same id."""
    rows: list[tuple[int, JsonObject]] = []
    for movement in call.bot.stars:
        person = call.world.people[movement.person]
        partner: JsonObject = {
            "type": "user",
            "transaction_type": "invoice_payment",
            "user": person.user(),
            "invoice_payload": movement.payload,
        }
        if movement.period:
            partner["subscription_period"] = movement.period
        row: JsonObject = {"id": movement.charge_id, "amount": movement.amount, "date": movement.date}
        rows.append((movement.date, {**row, "source": partner}))
        if movement.refunded:
            rows.append((movement.refunded_at, {**row, "date": movement.refunded_at, "receiver": partner}))
    rows.sort(key=lambda row: row[0])
    offset, limit = call.parameters.integer("offset"), call.parameters.integer("limit", MAX_PAGE)
    if offset < 0:
        raise bad_request("OFFSET_INVALID")
    limit = min(max(limit, 1), MAX_PAGE)
    return {"transactions": [row for _, row in rows[offset : offset + limit]]}


@method("getMyStarBalance")
async def get_my_star_balance(call: Call) -> Json:
    """The Stars this bot has earned and not given back."""
    return {"amount": sum(m.amount for m in call.bot.stars if not m.refunded)}
