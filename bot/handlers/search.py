"""Search: whatever a person writes outside a form is looked for."""

from bot.buttons.catalogue import OpenResults, OpenSearch
from bot.reply import Reply
from bot.router import Router
from bot.said import Said
from bot.views import search as views
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


@router.text()
async def anything_written(visit: Visit, said: Said) -> Reply:
    """Look for it."""
    return await _find(visit, said.text)


@router.button(OpenResults)
async def open_results(visit: Visit, pressed: OpenResults) -> Reply:
    """A page of what was found."""
    async with visit.db.read() as session:
        page = await catalog.search(
            session, pressed.query, after_id=pressed.after, before_id=pressed.before, limit=visit.policy.page_size
        )
        if not page.items:
            meant = await catalog.guess(session, pressed.query, limit=visit.policy.page_size)
            return views.nothing(visit.words, pressed.query, meant)
    return views.results(visit.words, pressed.query, page)


async def _find(visit: Visit, text: str) -> Reply:
    query = views.short(text)
    if not query:
        return views.ask(visit.words)
    return await open_results(visit, OpenResults(query))
