"""/staff: a seller says who works for them and what they may do."""

from msgspec.structs import replace

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.parts import asking, sure
from bot.screens.selling.staff import views
from bot.screens.selling.staff.buttons import (
    AskLetGo,
    ChooseForInvitation,
    InviteSeller,
    LetMemberGo,
    MakeInvitation,
    OpenInvitations,
    OpenMember,
    OpenStaff,
    SetPermission,
    TakeBackInvitation,
)
from bot.sending.reply import CommandMenu, Reply, Screen, Several
from bot.words import mark
from db.models import Permission
from shop.people import team
from shop.people.team import Member

router = Router()


@router.command("staff", for_="owner", about=mark("Who works for you, and what they may do"))
async def staff_command(visit: Visit, _argument: str) -> Reply:
    """The list."""
    return await _staff(visit)


@router.button(OpenStaff, for_="owner")
async def open_staff(visit: Visit, pressed: OpenStaff) -> Reply:
    """A page of the list."""
    return await _staff(visit, after=pressed.after)


@router.button(OpenMember, for_="owner")
async def open_member(visit: Visit, pressed: OpenMember) -> Reply:
    """One of them."""
    async with visit.db.read() as session:
        one = await team.member(session, visit.seller, pressed.user_id)
    return views.member(visit.words, one)


@router.button(SetPermission, for_="owner")
async def set_permission(visit: Visit, pressed: SetPermission) -> Reply:
    """They may, or may not any more; their menu of commands follows."""
    async with visit.db.begin() as session:
        one = await team.permit(
            session, visit.seller, pressed.user_id, pressed.permission, allowed=pressed.allowed, now=visit.now()
        )
    screen = views.member(visit.words, one)
    return Several((screen, _menu(visit, one))) if one.person.telegram_id is not None else screen


@router.button(AskLetGo, for_="owner", asks=sure.SURE)
async def ask_let_go(visit: Visit, pressed: AskLetGo) -> Reply:
    """Ask."""
    return await _ask(visit, pressed.user_id)


@router.button(LetMemberGo, for_="owner", within=sure.SURE)
async def let_go(visit: Visit, pressed: LetMemberGo) -> Reply:
    """From this moment on they read nothing."""
    async with visit.db.read() as session:
        one = await team.member(session, visit.seller, pressed.user_id)
    if await sure.agreed(visit, pressed, _seen(one)) is None:
        return replace(await _ask(visit, pressed.user_id), toast=asking.look_again(visit.words))
    async with visit.db.begin() as session:
        person = await team.let_go(session, visit.seller, pressed.user_id, now=visit.now())
    screen = await _staff(visit, note=visit.words("{name} works here no more.", name=views.called(visit.words, person)))
    if person.telegram_id is None:
        return screen
    visit.people.forget(person.telegram_id)
    return Several((screen, CommandMenu(person.telegram_id, "everyone", person.language)))


@router.button(ChooseForInvitation, for_="owner")
async def choose_for_invitation(visit: Visit, pressed: ChooseForInvitation) -> Reply:
    """What the next one may do."""
    return views.choose(visit.words, views.from_bits(pressed.bits))


@router.button(MakeInvitation, for_="owner")
async def make_invitation(visit: Visit, pressed: MakeInvitation) -> Reply:
    """The link."""
    permissions = views.from_bits(pressed.bits)
    return await _invite(visit, permissions) if permissions else views.choose(visit.words, permissions)


@router.button(InviteSeller, for_="operator")
async def invite_seller(visit: Visit, _pressed: InviteSeller) -> Reply:
    """A link by which somebody becomes a seller."""
    return await _invite(visit, None)


@router.button(OpenInvitations, for_="owner")
async def open_invitations(visit: Visit, _pressed: OpenInvitations) -> Reply:
    """Those that nobody used."""
    return await _invitations(visit)


@router.button(TakeBackInvitation, for_="owner")
async def take_back_invitation(visit: Visit, pressed: TakeBackInvitation) -> Reply:
    """It takes nobody in."""
    async with visit.db.begin() as session:
        await team.take_back(session, visit.seller, pressed.invitation_id, now=visit.now())
    return await _invitations(visit, note=visit.words("The invitation does not count any more."))


async def _staff(visit: Visit, *, after: int = 0, note: str = "") -> Screen:
    async with visit.db.read() as session:
        found = await team.members(session, visit.seller, after=after, limit=views.PAGE + 1)
    shown = found[: views.PAGE]
    following = shown[-1].person.id if len(found) > views.PAGE else None
    return views.staff(visit.words, shown, paged=after > 0, following=following, note=note)


async def _invite(visit: Visit, permissions: frozenset[Permission] | None) -> Screen:
    async with visit.db.begin() as session:
        invitation_id, secret = await team.invite(session, visit.seller, permissions, now=visit.now())
    url = visit.link(f"staff_{secret}")
    return views.link(visit.words, url, invitation_id, permissions, team.LIVES.days)


async def _invitations(visit: Visit, *, note: str = "") -> Screen:
    async with visit.db.read() as session:
        found = await team.invitations(session, visit.seller, now=visit.now())
    return views.invitations(visit.words, found, note=note)


async def _ask(visit: Visit, user_id: int) -> Screen:
    async with visit.db.begin() as session:
        one = await team.member(session, visit.seller, user_id)
        await sure.ask(session, visit, LetMemberGo(user_id), _seen(one))
    return views.sure_to_let_go(visit.words, one)


def _seen(one: Member) -> str:
    return f"staff:{one.person.id}"


def _menu(visit: Visit, one: Member) -> CommandMenu:
    telegram_id = one.person.telegram_id or 0
    visit.people.forget(telegram_id)
    return CommandMenu(telegram_id, "owner" if one.permissions else "everyone", one.person.language, one.permissions)
