"""What who is invited to a staff sees, and what is told of who came and went."""

from bot.screens.parts import ways
from bot.screens.parts.permissions import LABELS
from bot.screens.selling.staff.buttons import AcceptInvitation, OpenMember
from bot.sending.button import Button
from bot.sending.reply import Key, Screen
from bot.words import Html, Words
from db.models import Permission
from shop.people.team import Offer


def offer(words: Words, made: Offer, yes: AcceptInvitation, *, shop_name: str) -> Screen:
    """Who invites, to what, and the question."""
    name = made.inviter.name or shop_name
    if made.permissions is None:
        text = words(
            "👥 <b>{name} invites you to sell in {shop}</b>\n\nYou would put your own products on sale and see to "
            "their orders.",
            name=name,
            shop=shop_name,
        )
    else:
        text = words(
            "👥 <b>{name} invites you to their staff in {shop}</b>\n\nYou would see to this for them:\n{may}\n\n"
            "They see what you do there.",
            name=name,
            shop=shop_name,
            may=_may(words, made.permissions),
        )
    return Screen(text, ((Key(words.plain("✅ Yes, I join"), yes, style="success"),), (ways.home(words),)))


def joined(words: Words, made: Offer, *, shop_name: str) -> Screen:
    """Welcome, and where to begin."""
    if made.permissions is None:
        text = words("✅ You may sell in <b>{shop}</b> now. The first screen has your keys.", shop=shop_name)
    else:
        text = words(
            "✅ You are on the staff of <b>{name}</b> now.\n\n{may}\n\nThe first screen has your keys, the menu your "
            "commands.",
            name=made.inviter.name or shop_name,
            may=_may(words, made.permissions),
        )
    return Screen(text, ((ways.home(words),),))


def somebody_joined(words: Words, user_id: int, name: str) -> Screen:
    """The seller hears who came."""
    text = words("👥 <b>{name}</b> is on your staff now.", name=name or words.plain("No name"))
    return Screen(text, ((Key(words.plain("What they may do"), OpenMember(user_id)),), (ways.home(words),)))


def somebody_left(words: Words, name: str) -> Screen:
    """The seller hears who went by themselves."""
    text = words("👥 <b>{name}</b> left your staff.", name=name or words.plain("No name"))
    return Screen(text, ((ways.home(words),),))


def nobodys(words: Words) -> Screen:
    """Who works for nobody has nothing to leave."""
    return Screen(words("You are on nobody’s staff here."), ((ways.home(words),),))


def sure_to_leave(words: Words, seller: str, yes: Button) -> Screen:
    """Before who is on a staff goes."""
    text = words(
        "👥 <b>Leave the staff of {name}?</b>\n\nFrom this moment on you read nothing of the shop and do nothing in "
        "it. Coming back takes a new invitation.",
        name=seller,
    )
    return Screen(text, ((Key(words.plain("✕ Yes, leave"), yes, style="danger"),), (ways.home(words),)))


def let_go(words: Words, shop_name: str) -> Screen:
    """What who works here no more is told."""
    return Screen(
        words("You are not on a seller’s staff in <b>{shop}</b> any more.", shop=shop_name), ((ways.home(words),),)
    )


def _may(words: Words, permissions: frozenset[Permission]) -> str:
    lines = [words("✅ {what}", what=words.plain(LABELS[one])) for one in Permission if one in permissions]
    return Html("\n").join(lines)
