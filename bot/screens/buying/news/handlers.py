"""Which news a person gets: refused and wanted again under the message itself, or on one screen for all of them."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.news import views
from bot.screens.buying.news.buttons import OpenSwitches, WantKind, WantNews, WantSeller
from bot.screens.parts.news import news
from bot.sending.reply import Lead, Reply
from bot.words import mark
from shop import broadcasts
from shop.people import optouts
from shop.refusals import NotFound

SELLERS = 5  # refused ones with a key

router = Router()


@router.command("notifications", about=mark("Which news you get"), also="news unsubscribe stop mute")
async def notifications_command(visit: Visit, _argument: str) -> Reply:
    """All switches."""
    return await open_switches(visit, OpenSwitches())


@router.button(OpenSwitches)
async def open_switches(visit: Visit, _pressed: OpenSwitches) -> Reply:
    """All switches."""
    async with visit.db.read() as session:
        refused = await optouts.refused(session, visit.user)
        sellers = await optouts.refused_sellers(session, visit.user, limit=SELLERS)
    return views.switches(visit.words, refused, sellers)


@router.button(WantKind)
async def want_kind(visit: Visit, pressed: WantKind) -> Reply:
    """Say yes or no to this kind of news, for good."""
    if pressed.kind not in {*optouts.KINDS, *optouts.OLDER}:
        raise NotFound
    async with visit.db.begin() as session:
        await optouts.set_wanted(session, visit.user, pressed.kind, wanted=pressed.wanted, now=visit.now())
    words = visit.words
    said = words.plain("You will hear of it.") if pressed.wanted else words.plain("You will hear no more of it.")
    return Lead(OpenSwitches(), toast=said)


@router.button(WantSeller)
async def want_seller(visit: Visit, pressed: WantSeller) -> Reply:
    """What was refused under a broadcast is wanted again."""
    async with visit.db.begin() as session:
        await optouts.set_wanted(
            session, visit.user, optouts.BROADCASTS, wanted=True, seller_id=pressed.seller_id, now=visit.now()
        )
    return Lead(OpenSwitches(), toast=visit.words.plain("You get news again."))


@router.button(WantNews)
async def want_news(visit: Visit, pressed: WantNews) -> Reply:
    """Say yes or no to more of it; the key then says the other."""
    async with visit.db.begin() as session:
        broadcast = await broadcasts.set_wanted(
            session, visit.user, pressed.broadcast_id, wanted=pressed.wanted, now=visit.now()
        )
    return news(visit.words, broadcast, visit.bot_id, wanted=pressed.wanted, told=True)
