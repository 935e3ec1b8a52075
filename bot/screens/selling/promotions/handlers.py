"""Promotions: the list, one with its figures, stopping and starting; what makes and changes them is beside this."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.selling.promotions import views
from bot.screens.selling.promotions.buttons import ListPromotions, OpenPromotion, SetRunning
from bot.sending.reply import Reply, Screen
from db.models import Permission
from shop import promotions

PAGE = 8

router = Router()


@router.button(ListPromotions, for_="owner", needs=Permission.PROMOTION)
async def list_promotions(visit: Visit, pressed: ListPromotions) -> Reply:
    """A page of them."""
    return await listed(visit, pressed.before)


@router.button(OpenPromotion, for_="owner", needs=Permission.PROMOTION)
async def open_promotion(visit: Visit, pressed: OpenPromotion) -> Reply:
    """One of them."""
    return await show(visit, pressed.promotion_id)


@router.button(SetRunning, for_="owner", needs=Permission.PROMOTION)
async def set_running(visit: Visit, pressed: SetRunning) -> Reply:
    """It runs, or runs no more."""
    async with visit.db.begin() as session:
        await promotions.set_running(
            session, visit.seller, pressed.promotion_id, running=pressed.running, now=visit.now()
        )
    return await show(visit, pressed.promotion_id)


async def show(visit: Visit, promotion_id: int, *, note: str = "") -> Screen:
    """One of them with its figures; `note` (HTML): what was just done. Raises NotFound."""
    async with visit.db.read() as session:
        standing = await promotions.look(session, visit.seller, promotion_id)
    link = visit.link(f"promo_{standing.code}") if standing.code is not None else None
    return views.one(visit.words, standing, link=link, note=note)


async def listed(visit: Visit, before: int | None) -> Screen:
    """A page of the list."""
    async with visit.db.read() as session:
        found = await promotions.list_promotions(session, visit.seller, before=before, limit=PAGE + 1)
    following = found[PAGE - 1].id if len(found) > PAGE else None
    return views.listed(visit.words, found[:PAGE], paged=before is not None, following=following)
