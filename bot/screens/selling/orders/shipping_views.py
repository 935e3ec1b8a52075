"""Several orders on their way: what is asked for, what each line would do, and what it did."""

from collections.abc import Sequence

from bot.routing.order_refusals import wrong_status
from bot.screens.parts import ways
from bot.screens.selling.orders.buttons import ListSales, ShipMany, ShipThem
from bot.sending.reply import Key, Screen
from bot.words import Html, Words
from db.models import OrderStatus, PaymentStatus
from shop.orders.requests import ASKED
from shop.orders.shipping import MOST, Planned
from shop.refusals import CannotRead, WrongStatus

SHORT = 24  # letters of a name
LONG = 40  # letters of a tracking number, or of a line that was not understood


def ask_lines(words: Words) -> Screen:
    """Asks for the lines."""
    text = words(
        "🚚 Write a line for each order that is on its way: its number, and the carrier and the tracking number if "
        "there are any.\n<code>/ship 1042 DHL 00340434161094042557\n1043</code>\n"
        "Sent again with another number, it corrects the number. "
        "You see what happens before it does. At most {most} lines.",
        most=words.number(MOST),
    )
    return Screen(text, (_back(words),))


def plan(words: Words, planned: Sequence[Planned], *, left: int) -> Screen:
    """What each line would do; `left`: lines beyond those that are taken at once."""
    sent = sum(one.why is None for one in planned)
    parts = [words("🚚 <b>On their way?</b>"), *(_line(words, one) for one in planned)]
    if left:
        parts.append(words("Only the first {most} lines are taken. Send the others after them.", most=len(planned)))
    if not sent:
        parts.append(words("None of them can be sent."))
        return Screen(_lines(parts), ((Key(words.plain("🚚 Write the lines again"), ShipMany()),), _back(words)))
    parts.append(words.n("The customer is told at once.", "The customers are told at once.", sent))
    yes = Key(words.plain_n("🚚 Yes, ship {n} order", "🚚 Yes, ship {n} orders", sent), ShipThem())
    return Screen(_lines(parts), ((yes,), (Key(words.plain("🚚 Write the lines again"), ShipMany()),), _back(words)))


def shipped(words: Words, told: Sequence[Planned]) -> Screen:
    """What became of each line."""
    sent = [one for one in told if one.why is None]
    parts = [words.n("🚚 <b>{n} order is on its way.</b>", "🚚 <b>{n} orders are on their way.</b>", len(sent))]
    parts += [_line(words, one) for one in told if one.why is not None]
    on_the_way = Key(words.plain("🚚 On the way"), ListSales(OrderStatus.SHIPPED))
    return Screen(_lines(parts), ((on_the_way,), _back(words)))


def _line(words: Words, one: Planned) -> Html:
    order, line = one.order, one.line
    if isinstance(one.why, CannotRead):
        if one.why.data.get("hint") == "twice":
            return words("✕ {number}: it stands on an earlier line.", number=line.order_id)
        return words("✕ “{written}”: no order number.", written=line.written[:LONG])
    if isinstance(one.why, WrongStatus):
        return words("✕ {why}", why=wrong_status(words, one.why.data))
    if order is None or one.why is not None:
        return words("✕ There is no order {number} here.", number=line.order_id)
    name = order.user.name[:SHORT]
    if order.status is OrderStatus.SHIPPED:
        text = words(
            "✏️ {number} · {name}: the number becomes {tracking}",
            number=order.id,
            name=name,
            tracking=_tracked(one),
        )
    elif line.tracking:
        text = words("✓ {number} · {name} · {tracking}", number=order.id, name=name, tracking=_tracked(one))
    else:
        text = words("✓ {number} · {name}", number=order.id, name=name)
    if order.cancel_request == ASKED:
        text += words(" ⚠️ The customer asks you to cancel it.")
    if order.payment is not None and order.payment.payment_status is PaymentStatus.DISPUTED:
        text += words(" ⚠️ The customer’s bank disputes the payment.")
    return text


def _tracked(one: Planned) -> str:
    """The carrier, where it is known, and the number."""
    tracked = one.tracked
    if tracked is None or tracked.carrier is None:
        return one.line.tracking[:LONG]
    return f"{tracked.carrier} {tracked.number}"[:LONG]


def _lines(parts: Sequence[Html]) -> Html:
    return Html("\n").join(parts)


def _back(words: Words) -> tuple[Key, ...]:
    return (Key(words.plain("🧾 Orders"), ListSales(OrderStatus.PROCESSING)), ways.home(words))
