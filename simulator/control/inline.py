"""Inline mode over HTTP: ask, look, send."""

import asyncio

from starlette.routing import BaseRoute

from simulator.acts import inline
from simulator.acts.finding import find_bot, open_chat, open_group
from simulator.acts.refusals import CannotDo
from simulator.control.requests import bot_of, person_of, route
from simulator.stage import Stage
from simulator.telegram.wire import Json, JsonObject, as_text
from simulator.transcript import show_message


class Inline:
    """A bot's name and some words, in any chat."""

    def __init__(self, simulator: Stage) -> None:
        self.simulator = simulator

    def routes(self) -> list[BaseRoute]:
        """Mounted under /control."""
        return [route("POST", "/inline", self.ask), route("POST", "/inline/send", self.send)]

    async def ask(self, body: JsonObject) -> Json:
        """What the bot offers for `text`, from `offset` on."""
        world, bot = self.simulator.world, find_bot(self.simulator.world, bot_of(body))
        person = self.simulator.person(person_of(body))
        query = inline.ask(world, bot, person, as_text(body.get("text")), as_text(body.get("offset")))
        try:
            await asyncio.wait_for(asyncio.shield(query.answer), world.answer_deadline)
        except TimeoutError:
            raise CannotDo(f"@{bot.username} does not answer") from None
        return {"query": query.id, **query.answer.result()}

    async def send(self, body: JsonObject) -> Json:
        """The `result` of a `query` into the chat with the bot, or into a `group`."""
        world, bot = self.simulator.world, find_bot(self.simulator.world, bot_of(body))
        query, result = as_text(body.get("query")), as_text(body.get("result"))
        if group := as_text(body.get("group")):
            place, person = open_group(world, group, person_of(body))
            return show_message(place, inline.send_result(world, bot, place, person, query, result))
        chat = open_chat(world, person_of(body), bot_of(body))
        return show_message(chat, inline.send_result(world, bot, chat, chat.person, query, result))
