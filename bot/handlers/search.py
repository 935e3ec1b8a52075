"""Search: whatever a person writes outside a form is looked for."""

from bot.buttons.catalogue import OpenResults, OpenSearch
from bot.handlers import messages
from bot.handlers.messages import FORM
from bot.reply import Reply, Screen
from bot.router import Router
from bot.said import Said
from bot.views import search as views
from bot.views.messages import offers
from bot.visit import Visit
from bot.words import mark
from shop import catalog

router = Router()


@router.command("search", about=mark("Find something"))
async def search(visit: Visit, argument: str) -> Reply:
    """Look for what follows the command, or ask for it."""
    return await _find(visit, argument)


@router.button(OpenSearch)
async def open_search(visit: Visit, _pressed: OpenSearch) -> Reply:
    """How to search."""
    return views.ask(visit.words)


@router.text(asks=FORM)
async def anything_written(visit: Visit, said: Said) -> Reply:
    """Look for it; what is not found may have been said to a seller."""
    if said.photo_file_id is not None:
        return await messages.photo_alone(visit, said)
    return await _find(visit, said.text, said)


@router.button(OpenResults)
async def open_results(visit: Visit, pressed: OpenResults) -> Reply:
    """A page of what was found."""
    return await _results(visit, pressed)


async def _results(visit: Visit, pressed: OpenResults, said: Said | None = None) -> Screen:
    async with visit.db.read() as session:
        page = await catalog.search(
            session, pressed.query, after_id=pressed.after, before_id=pressed.before, limit=visit.policy.page_size
        )
        meant = None
        if not page.items:
            meant = await catalog.guess(session, pressed.query, limit=visit.policy.page_size)
    if meant is None:
        return views.results(visit.words, pressed.query, page)
    asking = () if said is None else offers(visit.words, await messages.offer(visit, said))
    return views.nothing(visit.words, pressed.query, meant, asking)


async def _find(visit: Visit, text: str, said: Said | None = None) -> Reply:
    query = views.short(text)
    if not query:
        return views.ask(visit.words)
    return await _results(visit, OpenResults(query), said)
