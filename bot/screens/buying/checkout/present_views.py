"""The question for the message of a present, and what a summary says of it."""

from markupsafe import Markup

from bot.screens.buying.checkout.buttons import BuyNow, OpenCheckout
from bot.screens.buying.checkout.present_buttons import AskPresent, BarePresent, NoPresent
from bot.screens.parts import ways
from bot.sending.reply import Key, Screen
from bot.words import Words
from shop.checkout import PRESENT_LENGTH


def ask(words: Words, asked: AskPresent, back: OpenCheckout | BuyNow, message: str | None) -> Screen:
    """Asks for the message; the one that there is (empty: none) stands below, to be copied from."""
    same = (asked.owner_id, asked.product_id, asked.quantity, asked.stamp)
    text = words(
        "🎁 <b>A present</b>\n\nWrite the message that goes with it, up to {limit} letters. It is printed on the "
        "packing list, which shows no prices. To whom it goes is asked next.",
        limit=words.number(PRESENT_LENGTH),
    )
    bare = Key(words.plain("🎁 Without a message"), BarePresent(*same))
    if message:
        text += "\n\n" + words("Now: {value}", value=Markup("<blockquote>{}</blockquote>").format(message))
    drop = ((Key(words.plain("✕ No present"), NoPresent(*same)),),) if message is not None else ()
    return Screen(text, (*(((bare,),) if message != "" else ()), *drop, (ways.back(words, back),)))


def too_long(words: Words, asked: AskPresent, back: OpenCheckout | BuyNow, said: str) -> Screen:
    """How long it is, and asks again; what was written is above, in the chat."""
    screen = ask(words, asked, back, None)
    text = words(
        "⚠️ That is {n} letters; {limit} fit. Please write a shorter one.",
        n=words.number(len(said)),
        limit=words.number(PRESENT_LENGTH),
    )
    return Screen(text, screen.keyboard)


def key(words: Words, asked: AskPresent, message: str | None, *, short: bool = False) -> Key:
    """The key of a summary: whether it is a present."""
    if short:
        return Key("🎁" if message is None else "🎁 ✓", asked)
    return Key(words.plain("🎁 A present") if message is None else words.plain("🎁 A present ✓"), asked)


def said(words: Words, message: str | None) -> str:
    """What a summary says of it."""
    if message is None:
        return ""
    if not message:
        return words("🎁 A present, without a message")
    return words("🎁 A present:\n<blockquote>{message}</blockquote>", message=message)
