"""What a seller is asked and told when writing to a customer."""

from bot.screens.buying.home.buttons import OpenHome
from bot.screens.parts import ways
from bot.screens.selling.orders.buttons import OpenSale
from bot.sending.button import Button
from bot.sending.reply import Key, Screen
from bot.words import Words
from shop.messages.threads import Thread


def ask(words: Words, thread: Thread) -> Screen:
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
    return Screen(text, ((ways.back(words, back),),), fresh=True)


def sent(words: Words, thread: Thread) -> Screen:
    """It is on its way to the customer."""
    order: tuple[Key, ...] = ()
    if thread.order is not None:
        order = (Key(words.plain("🧾 Order {number}", number=thread.order.id), OpenSale(thread.order.id)),)
    return Screen(words("Sent to {name}.", name=thread.customer.name), ((*order, ways.home(words)),))
