"""Who carries a parcel whose number does not say it: chosen by a key, and its customer gets the link."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.selling.orders import carrying_views as views
from bot.screens.selling.orders.buttons import ChooseCarrier, SetCarrier
from bot.screens.selling.orders.handlers import show
from bot.sending.reply import Reply
from db.models import Permission
from shop import orders
from shop.carriers import offered
from shop.orders import carrying

router = Router()


@router.button(ChooseCarrier, for_="owner", needs=Permission.ORDERS)
async def choose_carrier(visit: Visit, pressed: ChooseCarrier) -> Reply:
    """The carriers, the shop's own first."""
    async with visit.db.read() as session:
        order = await orders.get_for_owner(session, visit.seller, pressed.order_id)
    return views.carriers(visit.words, order, offered(visit.policy.carriers), pressed.page)


@router.button(SetCarrier, for_="owner", needs=Permission.ORDERS)
async def set_carrier(visit: Visit, pressed: SetCarrier) -> Reply:
    """Take this one."""
    async with visit.db.begin() as session:
        await carrying.set_carrier(
            session,
            visit.seller,
            pressed.order_id,
            pressed.carrier_id,
            carriers=visit.policy.carriers,
            now=visit.now(),
        )
    return await show(visit, pressed.order_id)
