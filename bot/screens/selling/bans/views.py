"""Who is not served here: the question, and the list."""

from collections.abc import Sequence

from bot.screens.parts import ways
from bot.screens.parts.person_lines import about, called
from bot.screens.selling.bans.buttons import OpenBans, SetBanned
from bot.sending.button import Button
from bot.sending.reply import Key, Screen
from bot.words import Words
from db.models import User
from shop.people.bans import Customer

__all__ = ["banned", "called", "sure"]


def sure(words: Words, customer: Customer, *, whole: bool, back: Button | None = None) -> Screen:
    """Who it is and what would happen; `whole`: in the whole shop, `back`: the page that the person came from."""
    person = customer.person
    parts = [
        words("🚫 <b>Take no more orders from this person in the whole shop?</b>")
        if whole
        else words("🚫 <b>Take no more orders from this person?</b>"),
        about(words, person.telegram_id or 0, person),
        words.n("{n} order so far", "{n} orders so far", customer.orders),
        words("They cannot order, write or review any more, and are told so when they try."),
    ]
    if customer.open_orders:
        parts.append(
            words.n(
                "{n} open order stays as it is: it can be paid, sent and refunded. Cancel it if you do not want it.",
                "{n} open orders stay as they are: they can be paid, sent and refunded. Cancel what you do not want.",
                customer.open_orders,
            )
        )
    act = Key(words.plain("🚫 Yes, no more orders"), SetBanned(person.id, banned=True))
    if customer.banned:
        parts = [words("🚫 You take no orders from this person."), about(words, person.telegram_id or 0, person)]
        act = Key(words.plain("✅ Take orders again"), SetBanned(person.id, banned=False))
    return Screen("\n\n".join(parts), ((act,), (ways.back(words, back or OpenBans()),)))


def banned(
    words: Words, people: Sequence[User], *, whole: bool, paged: bool, following: int | None, note: str = ""
) -> Screen:
    """The list, a key a person lets them back in."""
    title = words("🚫 <b>The shop takes no orders from</b>") if whole else words("🚫 <b>You take no orders from</b>")
    body = words("A tap lets a person order again.") if people else words("Nobody.")
    hint = words("<code>/ban 1042</code> (an order), <code>/ban @name</code> or <code>/ban 12345</code> adds somebody.")
    return Screen(
        "\n\n".join(part for part in (note, title, body, hint) if part),
        (
            *((Key(words.plain("✅ {name}", name=called(one)), SetBanned(one.id, banned=False)),) for one in people),
            ways.pages(words, OpenBans() if paged else None, OpenBans(following) if following is not None else None),
            (ways.home(words),),
        ),
    )
