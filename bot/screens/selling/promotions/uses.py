"""The orders that used a promotion or one of its codes, by pages."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.selling.promotions import uses_views as views
from bot.screens.selling.promotions.buttons import OpenUses
from bot.sending.reply import Reply
from db.models import Permission
from shop import promotions

PAGE = 8

router = Router()


@router.button(OpenUses, for_="owner", needs=Permission.PROMOTION)
async def open_uses(visit: Visit, pressed: OpenUses) -> Reply:
    """A page of them."""
    async with visit.db.read() as session:
        standing = await promotions.look(session, visit.seller, pressed.promotion_id)
        found = await promotions.list_uses(
            session,
            visit.seller,
            pressed.promotion_id,
            code_id=pressed.code_id,
            before=pressed.before,
            limit=PAGE + 1,
        )
    return views.uses(visit.words, standing.promotion, found[:PAGE], pressed, more=len(found) > PAGE)


async def uses_of(visit: Visit, code: str) -> Reply:
    """`/promo uses CODE`: of all that a code was used for, or of the one order that a code that counts once was."""
    async with visit.db.read() as session:
        promotion_id, code_id = await promotions.find_code(session, visit.seller, code)
    return await open_uses(visit, OpenUses(promotion_id, code_id=code_id))
