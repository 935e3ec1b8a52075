"""`@shop words` in any chat: products to send there. Whoever asks need not be a customer, and does not become one."""

from bot.routing.router import Router
from bot.routing.said import InlineAsked
from bot.routing.visit import House
from bot.screens.buying.inline import views
from bot.screens.parts import queries
from bot.sending.inline import Cards
from bot.words import Words
from db.numbers import read_id
from shop import catalog

PAGE = 10

router = Router()


@router.inline()
async def offer(house: House, words: Words, asked: InlineAsked) -> Cards:
    """What a search for the words finds, or the newest products where nothing is said; "#17" is that very product."""
    now, after, text = house.clock.now(), read_id(asked.offset), queries.short(asked.text)
    async with house.db.read() as session:
        if text.startswith("#"):
            items = await catalog.pick(session, [read_id(text[1:]) or 0], now=now)
            return views.cards(words, items, house)
        if not text:
            page = await catalog.list_newest(session, after_id=after, limit=PAGE, now=now)
        else:
            page = await catalog.search(session, text, after_id=after, limit=PAGE, now=now)
            if not page.items and after is None and (mended := await catalog.meant(session, text)):
                page = await catalog.search(session, queries.short(mended), limit=PAGE, now=now)
                return views.cards(words, page.items, house)  # a further page would look for what was written
    if after is not None and not page.has_previous:  # the page became empty meanwhile: this is the first one again
        return Cards(())
    further = str(page.last_id) if page.has_next else ""
    return views.cards(words, page.items, house, further=further)
