"""New arrivals, what a person looked at, what is bought together."""

from msgspec.structs import replace

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.discovering import views
from bot.screens.buying.discovering.buttons import ForgetViewed, OpenArrivals, OpenTogether, OpenViewed
from bot.sending.reply import Reply, Screen
from bot.words import mark
from shop import catalog
from shop.catalog import glances, together

PAGE = 10
TOGETHER = 5

router = Router()


@router.command("new", about=mark("New arrivals"), also="arrivals")
async def new(visit: Visit, _argument: str) -> Reply:
    """The newest products."""
    return await open_arrivals(visit, OpenArrivals())


@router.button(OpenArrivals)
async def open_arrivals(visit: Visit, pressed: OpenArrivals) -> Reply:
    """A page of the newest products; one that became empty meanwhile is answered with the first."""
    after = pressed.after
    if after is not None and after < 0:
        after = 1 - after  # from this one on: older than the next newer one
    async with visit.db.read() as session:
        page = await catalog.list_newest(session, after_id=after, limit=visit.policy.page_size, now=visit.now())
        if after is not None and not page.items:
            page = await catalog.list_newest(session, limit=visit.policy.page_size, now=visit.now())
    return views.arrivals(visit.words, page)


@router.button(OpenViewed)
async def open_viewed(visit: Visit, pressed: OpenViewed) -> Reply:
    """What this person looked at, the last one first."""
    return await _viewed(visit, max(pressed.page, 0))


@router.button(ForgetViewed)
async def forget_viewed(visit: Visit, _pressed: ForgetViewed) -> Reply:
    """All of it is forgotten."""
    visit.glances.forget(visit.user.id)
    async with visit.db.begin() as session:
        await glances.forget(session, visit.user.id)
    return replace(await _viewed(visit, 0), toast=visit.words.plain("Nothing of it is kept any more."))


@router.button(OpenTogether)
async def open_together(visit: Visit, pressed: OpenTogether) -> Reply:
    """What others bought with it, and can be had."""
    card = await visit.shelves.product(pressed.product_id)
    async with visit.db.read() as session:
        items = await together.bought_with(session, card.id, limit=TOGETHER, now=visit.now())
    return views.together(visit.words, card, items)


async def _viewed(visit: Visit, page: int) -> Screen:
    await visit.glances.write_of(visit.user.id)
    async with visit.db.read() as session:
        ids = await glances.recent(session, visit.user)
        page = page if page * PAGE < len(ids) else 0
        items = await catalog.pick(session, ids[page * PAGE :][:PAGE], now=visit.now()) if ids else ()
    return views.viewed(visit.words, items, page, more=(page + 1) * PAGE < len(ids))
