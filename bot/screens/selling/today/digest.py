"""The first look of the day that comes by itself: its hour, and the look."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.selling.today import digest_views, views
from bot.screens.selling.today.buttons import OpenDigest, SetDigest
from bot.sending.reply import Reply
from db.models import Notification
from shop import figures
from shop.people import hours
from shop.refusals import NotFound

router = Router()


@router.button(OpenDigest, for_="owner")
async def open_digest(visit: Visit, _pressed: OpenDigest) -> Reply:
    """The hours, the chosen one marked."""
    async with visit.db.read() as session:
        chosen = await hours.of_seller(session, visit.seller)
    return digest_views.choose(visit.words, chosen.digest)


@router.button(SetDigest, for_="owner")
async def set_digest(visit: Visit, pressed: SetDigest) -> Reply:
    """It comes at this hour from now on."""
    if pressed.hour is not None and not 0 <= pressed.hour < hours.A_DAY:
        raise NotFound
    zone, now = visit.policy.timezone, visit.now()
    async with visit.db.begin() as session:
        await hours.choose_digest(session, visit.seller, pressed.hour, zone=zone, now=now)
    return digest_views.choose(visit.words, pressed.hour)


@router.notice("digest")
async def digest(visit: Visit, notification: Notification) -> Reply | None:
    """As it is at this moment; silence where there is nothing to say, or nobody to say it to any more."""
    if not visit.is_owner or figures.is_late(notification, visit.now()):
        return None
    async with visit.db.read() as session:
        morning = await figures.look(session, visit.seller, zone=visit.policy.timezone, now=visit.now())
        chosen = await hours.of_seller(session, visit.seller)
    return views.today(visit.words, morning, chosen, now=visit.now()) if morning.has_news else None
