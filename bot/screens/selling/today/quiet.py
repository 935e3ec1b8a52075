"""The hours in which a seller's news wait."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.selling.today import quiet_views as views
from bot.screens.selling.today.buttons import ChooseQuiet, LetOrdersPass, OpenQuiet, SetQuiet
from bot.sending.reply import Reply
from shop.people import hours
from shop.refusals import NotFound

router = Router()


@router.button(OpenQuiet, for_="owner")
async def open_quiet(visit: Visit, _pressed: OpenQuiet) -> Reply:
    """The hours, and what comes in spite of them."""
    async with visit.db.read() as session:
        chosen = await hours.of_seller(session, visit.seller)
    return views.quiet(visit.words, chosen)


@router.button(ChooseQuiet, for_="owner")
async def choose_quiet(visit: Visit, pressed: ChooseQuiet) -> Reply:
    """Every hour but the one at the other end."""
    async with visit.db.read() as session:
        chosen = await hours.of_seller(session, visit.seller)
    return views.choose(visit.words, chosen.quiet or views.NIGHT, ends=pressed.ends)


@router.button(SetQuiet, for_="owner")
async def set_quiet(visit: Visit, pressed: SetQuiet) -> Reply:
    """News wait between these hours from now on; what waits by other hours is looked at again."""
    wanted = None
    if pressed.begins is not None and pressed.ends is not None:
        wanted = (pressed.begins, pressed.ends)
        if pressed.begins == pressed.ends or not all(0 <= hour < hours.A_DAY for hour in wanted):
            raise NotFound
    async with visit.db.begin() as session:
        await hours.choose_quiet(session, visit.seller, wanted, now=visit.now())
        chosen = await hours.of_seller(session, visit.seller)
    return views.quiet(visit.words, chosen)


@router.button(LetOrdersPass, for_="owner")
async def let_orders_pass(visit: Visit, pressed: LetOrdersPass) -> Reply:
    """Orders come at once, or wait as everything does."""
    async with visit.db.begin() as session:
        await hours.let_orders_pass(session, visit.seller, passing=pressed.passing, now=visit.now())
        chosen = await hours.of_seller(session, visit.seller)
    return views.quiet(visit.words, chosen)
