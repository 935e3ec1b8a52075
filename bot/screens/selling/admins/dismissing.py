"""A seller sells no more: operators say who gets what was theirs, and everybody concerned is told."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.parts.person_lines import called
from bot.screens.selling.admins import dismissing_views as views
from bot.screens.selling.admins.buttons import Dismiss, HandOver
from bot.screens.selling.admins.handlers import show_sellers
from bot.sending.reply import CommandMenu, Reply, Several
from db.models import Notification, User
from shop.people import handing_over, staff, users
from shop.refusals import IsOperator, NotFound

router = Router()


@router.button(Dismiss, for_="operator")
async def dismiss(visit: Visit, pressed: Dismiss) -> Reply:
    """Show what the person has, and ask who gets it."""
    async with visit.db.read() as session:
        person = await users.find_by_telegram_id(session, pressed.telegram_id)
        if person is None:
            raise NotFound(telegram_id=pressed.telegram_id)
        if pressed.telegram_id in visit.policy.operators:
            raise IsOperator(name=person.name)
        left = await handing_over.belongings(session, person.id)
        takers = _others(await staff.list_owners(session), visit, pressed.telegram_id)
    if pressed.page is not None:
        return views.choose_taker(visit.words, person, takers, page=pressed.page)
    return views.sure(visit.words, person, left, me=visit.telegram_id, others=bool(takers))


@router.button(HandOver, for_="operator")
async def hand_over(visit: Visit, pressed: HandOver) -> Reply:
    """The person sells no more from this moment on."""
    async with visit.db.begin() as session:
        taker = await users.find_by_telegram_id(session, pressed.to)
        if taker is None:
            raise NotFound(telegram_id=pressed.to)
        person = await staff.dismiss(
            session,
            operator=visit.user,
            telegram_id=pressed.telegram_id,
            taker=taker,
            archive=pressed.archive,
            operators=visit.policy.operators,
            now=visit.now(),
        )
    visit.people.forget(pressed.telegram_id)
    note = visit.words("{name} sells no more.", name=called(person))
    menu = CommandMenu(pressed.telegram_id, "everyone", person.language)
    return Several((await show_sellers(visit, note=note), menu))


@router.notice("dismissed")
async def dismissed(visit: Visit, _notification: Notification) -> Reply | None:
    """Who was dismissed hears of it, unless they were appointed again meanwhile."""
    return None if visit.is_owner else views.dismissed(visit.words, visit.policy.shop_name)


@router.notice("handed_over")
async def handed_over(visit: Visit, notification: Notification) -> Reply | None:
    """Who took over hears what came."""
    return views.handed_over(visit.words, notification.data) if visit.is_owner else None


def _others(people: list[User], visit: Visit, telegram_id: int) -> list[User]:
    return [one for one in people if one.telegram_id not in {None, telegram_id, visit.telegram_id}]
