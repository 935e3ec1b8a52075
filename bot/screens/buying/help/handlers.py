"""Help, the small print, and whom to ask: commands that Telegram expects of every shop."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.help import topics, views
from bot.screens.buying.home.buttons import OpenHelp, OpenTopic, ReadTerms
from bot.sending.reply import Reply
from bot.words import mark
from db.models import Permission

router = Router()


@router.command("help", about=mark("How this shop works"), also="commands info")
async def help_command(visit: Visit, _argument: str) -> Reply:
    """How to buy here, and how to sell for those who may."""
    return _help(visit)


@router.button(OpenHelp)
async def open_help(visit: Visit, _pressed: OpenHelp) -> Reply:
    """How to buy here, and how to sell for those who may."""
    return _help(visit)


@router.button(OpenTopic, for_="owner", needs=tuple(Permission))
async def open_topic(visit: Visit, pressed: OpenTopic) -> Reply:
    """What somebody who sells can do."""
    return topics.page(visit.words, pressed.topic, visit.commands(), operating=visit.is_operator)


@router.command("terms", about=mark("Terms of sale"), also="rules")
async def terms(visit: Visit, _argument: str) -> Reply:
    """The conditions of sale."""
    return await read_terms(visit, ReadTerms())


@router.button(ReadTerms)
async def read_terms(visit: Visit, pressed: ReadTerms) -> Reply:
    """A page of them."""
    return views.terms_screen(visit.words, terms=visit.policy.terms_in(visit.words.language), page=pressed.page)


@router.command("support", about=mark("Whom to ask"), also="contact")
async def support(visit: Visit, _argument: str) -> Reply:
    """Whom to ask."""
    return views.support_screen(visit.words, support=visit.policy.support_in(visit.words.language))


@router.command("paysupport", about=mark("Help with a payment"))
async def payment_support(visit: Visit, _argument: str) -> Reply:
    """Whom to ask about a payment."""
    return views.payment_support_screen(visit.words, support=visit.policy.support_in(visit.words.language))


def _help(visit: Visit) -> Reply:
    return views.help_screen(
        visit.words,
        shop_name=visit.policy.shop_name,
        support=visit.policy.support_in(visit.words.language),
        topics=topics.keys(visit.words, visit.commands()),
    )
