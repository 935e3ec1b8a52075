"""Write a bot's name and some words in any chat, and send one of the results there."""

from dataclasses import dataclass

from simulator.acts.refusals import CannotDo
from simulator.telegram.bots import Bot
from simulator.telegram.inline import InlineResult
from simulator.telegram.messages import Message
from simulator.telegram.people import Person
from simulator.telegram.places import Place
from simulator.telegram.queries import LIFETIME, OpenQuery
from simulator.telegram.wire import JsonObject, as_text
from simulator.telegram.world import World

MAX_QUERY = 256


@dataclass(slots=True)
class Offered:
    """What a bot answered: the results, and the offset of the next page (empty: that is all)."""

    query_id: str
    results: list[InlineResult]
    next_offset: str


def ask(world: World, bot: Bot, person: Person, text: str, offset: str = "") -> OpenQuery:
    """Send the query; raises CannotDo where inline mode is off."""
    if not bot.inline:
        raise CannotDo(f"inline mode of @{bot.username} is off: its owner turns it on with BotFather")
    now = world.clock.now()
    query = OpenQuery(world.fresh_id(), "inline", person.id, now, text, now + LIFETIME)
    bot.remember(query, now)
    body: JsonObject = {"id": query.id, "from": person.user(), "query": text[:MAX_QUERY], "offset": offset}
    query.wanted = bot.updates.add("inline_query", body, ("user", person.id)) is not None
    return query


def offered(bot: Bot, query: OpenQuery) -> Offered:
    """What was answered; raises CannotDo while nothing was."""
    if not query.answered:
        raise CannotDo(f"@{bot.username} has not answered {query.data!r}")
    answer = query.answer.result()
    return Offered(query.id, bot.inline_results.get(query.id, []), as_text(answer.get("next_offset")))


def send_result(world: World, bot: Bot, place: Place, person: Person, query_id: str, result_id: str) -> Message:
    """Send a result into a chat, as a message of the person's."""
    results = {result.id: result for result in bot.inline_results.get(query_id, [])}
    if result_id not in results:
        raise CannotDo(f"no result {result_id!r} was offered; there are {', '.join(results) or 'none'}")
    chosen = results[result_id]
    message = Message(place.take_id(), False, world.seconds(), text=chosen.text, caption=chosen.caption)
    message.photo, message.keyboard, message.author = chosen.photo, chosen.keyboard, person.id if place.id < 0 else 0
    message.extra = {"via_bot": bot.user()}
    return world.put(place, message)
