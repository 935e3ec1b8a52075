"""What a seller is asked and told when writing to a customer."""

from collections.abc import Sequence

from bot.screens.buying.home.buttons import OpenHome
from bot.screens.parts import ways
from bot.screens.selling.answers.buttons import PickAnswer
from bot.screens.selling.orders.buttons import OpenSale
from bot.sending.button import Button
from bot.sending.reply import Key, Screen
from bot.words import Words
from db.models import SavedAnswer
from shop.messages.threads import Thread

LABEL = 32  # letters of a saved answer that its key shows


def ask(words: Words, thread: Thread, saved: Sequence[SavedAnswer]) -> Screen:
    """Asks what the customer shall read; a message of its own, so that what is answered stays on show."""
    name = thread.customer.name
    back: Button = OpenHome()
    if thread.order is not None:
        back = OpenSale(thread.order.id)
        text = words("✍️ Write to {name} about order {number}.", name=name, number=thread.order.id)
    elif thread.product:
        text = words("✍️ Write to {name} about <b>{product}</b>.", name=name, product=thread.product)
    else:
        text = words("✍️ Write to {name}.", name=name)
    picks = tuple((Key(answer.text[:LABEL], PickAnswer(answer.id)),) for answer in saved)
    return Screen(text, (*picks, (ways.back(words, back),)), fresh=True)


def sent(words: Words, thread: Thread) -> Screen:
    """It is on its way to the customer."""
    order: tuple[Key, ...] = ()
    if thread.order is not None:
        order = (Key(words.plain("🧾 Order {number}", number=thread.order.id), OpenSale(thread.order.id)),)
    return Screen(words("Sent to {name}.", name=thread.customer.name), ((*order, ways.home(words)),))


def preview(words: Words, name: str, text: str, answer_id: int) -> Screen:
    """What the customer will read."""
    said = words(
        "💬 To {name}:\n<blockquote>{text}</blockquote>\nSend it, or write something else.", name=name, text=text
    )
    send = Key(words.plain("💬 Send it"), PickAnswer(answer_id, sure=True), style="primary")
    return Screen(said, ((send,), (Key(words.plain("✕ Never mind"), OpenHome()),)))
