"""Being invited to a seller's staff, or to sell: a link is opened, says what it is about, and asks."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.selling.staff import joining_views as views
from bot.screens.selling.staff.buttons import AcceptInvitation
from bot.sending.reply import CommandMenu, Reply, Several
from db.models import Notification
from shop.people import team

router = Router()


@router.deep_link("staff_")
async def invited(visit: Visit, argument: str) -> Reply:
    """Who invites, and what one may do then."""
    async with visit.db.read() as session:
        offer = await team.look(session, visit.user, argument, operators=visit.policy.operators, now=visit.now())
    return views.offer(visit.words, offer, AcceptInvitation(argument), shop_name=visit.policy.shop_name)


@router.button(AcceptInvitation)
async def accept(visit: Visit, pressed: AcceptInvitation) -> Reply:
    """Yes."""
    async with visit.db.begin() as session:
        offer = await team.accept(
            session, visit.user.id, pressed.secret, operators=visit.policy.operators, now=visit.now()
        )
    visit.forget_person()
    permissions = offer.permissions or frozenset()
    menu = CommandMenu(visit.telegram_id, "owner", visit.user.language, permissions)
    return Several((views.joined(visit.words, offer, shop_name=visit.policy.shop_name), menu))


@router.notice("staff_joined")
async def staff_joined(visit: Visit, notification: Notification) -> Reply | None:
    """The seller hears who came."""
    if not visit.is_owner:
        return None
    return views.somebody_joined(visit.words, int(notification.data["user_id"]), str(notification.data["name"]))


@router.notice("staff_let_go")
async def staff_let_go(visit: Visit, _notification: Notification) -> Reply | None:
    """Who was let go hears of it, unless they came back meanwhile."""
    return None if visit.sells else views.let_go(visit.words, visit.policy.shop_name)
