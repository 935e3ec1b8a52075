"""The list of addresses, and one of them."""

from collections.abc import Sequence

from bot.screens.buying.addresses.buttons import ForgetAddress, ListAddresses, OpenAddress, UseAddress, WriteAddress
from bot.screens.buying.home.buttons import OpenHelp
from bot.screens.parts import ways
from bot.screens.parts.addresses import paged
from bot.screens.parts.order_text import address_lines
from bot.sending.reply import Key, Screen
from bot.words import Words
from db.models import Address


def addresses(words: Words, known: Sequence[Address], page: int, *, toast: str | None = None) -> Screen:
    """All of them by pages, the usual one marked."""
    text = words("📍 <b>Your addresses</b>")
    if not known:
        text += "\n\n" + words("None yet. The first order that is sent to you brings the first one.")
    return Screen(
        text,
        (
            *paged(words, known, page, lambda address: OpenAddress(address.id), ListAddresses),
            (Key(words.plain("➕ New address"), WriteAddress()),),
            (ways.back(words, OpenHelp()), ways.home(words)),
        ),
        toast=toast,
    )


def address(words: Words, one: Address) -> Screen:
    """One of them."""
    text = words("📍 To:\n<blockquote>{address}</blockquote>", address=address_lines(words, one.place))
    if one.label is not None:
        text = words("🎁 <b>{label}</b>", label=one.label) + "\n\n" + text
    usual: tuple[Key, ...] = ()
    if one.is_default:
        text += "\n\n" + words("★ This is your usual address: it is suggested first.")
    else:
        text += "\n\n" + words("It is suggested for presents.") if one.label is not None else ""
        usual = (Key(words.plain("★ Make it the usual one"), UseAddress(one.id)),)
    return Screen(
        text,
        (
            usual,
            (
                Key(words.plain("✏️ Change"), WriteAddress(one.id)),
                Key(words.plain("🗑 Forget it"), ForgetAddress(one.id)),
            ),
            (ways.back(words, ListAddresses()), ways.home(words)),
        ),
    )


def sure_to_forget(words: Words, one: Address) -> Screen:
    """Asks back; orders that went there keep it."""
    text = words("📍 To:\n<blockquote>{address}</blockquote>", address=address_lines(words, one.place))
    text += "\n\n" + words("Forget this address? Orders that go there keep it.")
    yes = Key(words.plain("🗑 Forget it"), ForgetAddress(one.id, sure=True))
    return Screen(text, ((yes,), (ways.back(words, OpenAddress(one.id)),)))
