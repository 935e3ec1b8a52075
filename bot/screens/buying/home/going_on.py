"""Keys that lead back to a form that was left: one for each kind of form that waits."""

from collections.abc import Callable, Iterable, Mapping

from bot.screens.buying.addresses.buttons import BOOK, WriteAddress
from bot.screens.buying.checkout.buttons import PayOrder
from bot.screens.selling.products.buttons import AddProduct
from bot.sending.reply import Key, Keyboard
from bot.words import Words
from shop.people.at_home import Waiting
from shop.products.form import Step, place


def going_on(words: Words, waiting: Iterable[Waiting]) -> Keyboard:
    """A row for each; what was only written down, such as a note, asks for nothing."""
    found = (KEYS[form.kind](words, form) for form in waiting if form.kind in KEYS)
    return tuple((key,) for key in found if key is not None)


def _new_product(words: Words, form: Waiting) -> Key | None:
    if not form.data and form.step == Step.PHOTO:
        return None  # nothing was said: there is nothing to go on with
    n, of = place(form.data, Step(form.step))
    label = words.plain("▶️ Go on: new product, step {n} of {all}", n=words.number(n), all=words.number(of))
    return Key(label, AddProduct())


def _address(words: Words, form: Waiting) -> Key | None:
    order_id = int(form.data["order_id"])
    if order_id == BOOK:
        return Key(words.plain("▶️ Go on: your address"), WriteAddress(form.data.get("instead_of")))
    label = words.plain("▶️ Order {number} waits for your address", number=order_id)
    return Key(label, PayOrder(order_id, str(form.data["method"])))


KEYS: Mapping[str, Callable[[Words, Waiting], Key | None]] = {"add_product": _new_product, "address": _address}
