"""Search: whatever a person writes outside a form is looked for."""

from msgspec.structs import replace

from bot.routing.router import Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.buying.catalogue.buttons import OpenResults, OpenSearch
from bot.screens.buying.search import views
from bot.screens.parts import listing, queries
from bot.screens.parts.drafts import FORM, offer, offers, photo_alone
from bot.screens.parts.order_numbers import key_of_number, number_and_rest, open_number
from bot.sending.reply import Reply, Screen
from bot.words import mark
from shop import catalog
from shop.catalog import sorting

router = Router()


@router.command("search", about=mark("Find something"), also="find")
async def search(visit: Visit, argument: str) -> Reply:
    """Look for what follows the command, or ask for it."""
    return await _find(visit, argument)


@router.button(OpenSearch)
async def open_search(visit: Visit, _pressed: OpenSearch) -> Reply:
    """How to search."""
    return views.ask(visit.words)


@router.text(asks=FORM)
async def anything_written(visit: Visit, said: Said) -> Reply:
    """Look for it; a number may be that of an order, too, and what is not found may have been said to a seller."""
    if said.photo_file_id is not None:
        return await photo_alone(visit, said)
    number, rest = number_and_rest(said.text)
    if number is None or rest:
        return await _find(visit, said.text, said)
    if said.text.startswith("#"):
        return await open_number(visit, number) or await _find(visit, said.text)
    found, key = await _find(visit, said.text), await key_of_number(visit, number)
    if key is None or not isinstance(found, Screen):
        return found
    return replace(found, keyboard=((key,), *found.keyboard))


@router.button(OpenResults)
async def open_results(visit: Visit, pressed: OpenResults) -> Reply:
    """A page of what was found."""
    return await _results(visit, pressed)


async def _results(visit: Visit, pressed: OpenResults, said: Said | None = None) -> Screen:
    words, limit, now = visit.words, visit.policy.page_size, visit.now()
    view, written = listing.unpacked(pressed.query)
    query = written or ""
    at = {"after_id": pressed.after, "before_id": pressed.before}
    async with visit.db.read() as session:
        if not view.is_usual:
            page = await sorting.search_sorted(session, query, view, **at, limit=limit, now=now)
            return views.results(words, query, page, view=view)
        page = await catalog.search(session, query, **at, limit=limit, now=now)
        if page.items:
            return views.results(words, query, page)
        mended = queries.short(await catalog.meant(session, query) or "")
        if mended:
            page = await catalog.search(session, mended, limit=limit, now=now)
        if page.items:
            return views.results(words, mended, page, written=query)
        guesses = await catalog.guess(session, query, limit=limit, now=now)
    asking = () if said is None else offers(words, await offer(visit, said))
    return views.nothing(words, query, guesses, asking)


async def _find(visit: Visit, text: str, said: Said | None = None) -> Reply:
    query = queries.short(text)
    if not query:
        return views.ask(visit.words)
    return await _results(visit, OpenResults(query), said)
