"""A download is sold by the month, or once again."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.selling.products.handlers import show
from bot.screens.selling.products.monthly_buttons import SetMonthly
from bot.sending.reply import Reply
from db.models import Permission
from shop.products.monthly import set_monthly

router = Router()


@router.button(SetMonthly, for_="owner", needs=Permission.CATALOGUE)
async def switch(visit: Visit, pressed: SetMonthly) -> Reply:
    """By the month, or once."""
    async with visit.db.begin() as session:
        await set_monthly(session, visit.seller, pressed.product_id, monthly=pressed.monthly, now=visit.now())
    words = visit.words
    monthly = words("🔁 Paid every 30 days from now on, until the customer cancels.")
    once = words("1️⃣ Paid once from now on. Who pays for it every month goes on with that.")
    return await show(visit, pressed.product_id, note=monthly if pressed.monthly else once)
