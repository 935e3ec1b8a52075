"""Who is on a seller's staff goes by themselves: asked once, and the seller hears of it."""

from msgspec.structs import replace

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.parts import asking, sure
from bot.screens.selling.staff import joining_views as views
from bot.screens.selling.staff.buttons import AskLeaveStaff, LeaveStaff
from bot.sending.reply import CommandMenu, Reply, Screen, Several
from db.models import Notification, User
from shop.people import team

router = Router()


@router.command("leave", asks=sure.SURE)
async def leave_command(visit: Visit, _argument: str) -> Reply:
    """/leave; in nobody's menu, since it is for staff alone."""
    return await _ask(visit)


@router.button(AskLeaveStaff, asks=sure.SURE)
async def ask_leave(visit: Visit, _pressed: AskLeaveStaff) -> Reply:
    """Ask."""
    return await _ask(visit)


@router.button(LeaveStaff, within=sure.SURE)
async def leave(visit: Visit, pressed: LeaveStaff) -> Reply:
    """From this moment on they read nothing of the shop."""
    if pressed.owner_id != visit.seller.owner_id or await sure.agreed(visit, pressed, _seen(visit)) is None:
        return replace(await _ask(visit), toast=asking.look_again(visit.words))
    async with visit.db.begin() as session:
        await team.leave(session, visit.seller, now=visit.now())
    visit.forget_person()
    menu = CommandMenu(visit.telegram_id, "everyone", visit.user.language)
    return Several((views.let_go(visit.words, visit.policy.shop_name), menu))


@router.notice("staff_left")
async def staff_left(visit: Visit, notification: Notification) -> Reply | None:
    """The seller hears who went."""
    return views.somebody_left(visit.words, str(notification.data["name"])) if visit.is_owner else None


async def _ask(visit: Visit) -> Screen:
    if not visit.seller.is_staff:
        return views.nobodys(visit.words)
    async with visit.db.begin() as session:
        seller = await session.get_one(User, visit.seller.owner_id)
        yes = LeaveStaff(seller.id)
        await sure.ask(session, visit, yes, _seen(visit))
    return views.sure_to_leave(visit.words, seller.name or visit.policy.shop_name, yes)


def _seen(visit: Visit) -> str:
    return f"employed:{visit.seller.owner_id}"
