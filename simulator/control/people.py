"""People and bots: list them, add somebody, change a language, block and unblock."""

from starlette.routing import BaseRoute

from simulator.control.requests import bot_of, person_of, route
from simulator.stage import Stage
from simulator.telegram.people import Person
from simulator.telegram.wire import Json, JsonObject, as_flag, as_text


class People:
    """The cast over HTTP."""

    def __init__(self, simulator: Stage) -> None:
        self.simulator = simulator

    def routes(self) -> list[BaseRoute]:
        """Mounted under /control."""
        return [
            route("GET", "/people", self.list),
            route("POST", "/people", self.add),
            route("GET", "/bots", self.bots),
            route("POST", "/bots", self.name_bot),
            route("POST", "/language", self.language),
            route("POST", "/block", self.block),
            route("POST", "/unblock", self.unblock),
        ]

    async def list(self, _: JsonObject) -> Json:
        """Everybody, in the order they came."""
        return {"people": [person.to_json() for person in self.simulator.world.people.values()]}

    async def add(self, body: JsonObject) -> Json:
        """Somebody new, or an id that exists with other words."""
        return self.simulator.add_person(Person.from_json(body)).to_json()

    async def bots(self, _: JsonObject) -> Json:
        """The bots that have called so far."""
        bots = self.simulator.world.bots.values()
        return {
            "bots": [
                {
                    "id": bot.id,
                    "username": bot.username,
                    "first_name": bot.first_name,
                    "listening": bool(bot.webhook or bot.poll),
                    "webhook": bot.webhook is not None,
                    "pending": len(bot.updates.waiting),
                }
                for bot in bots
            ]
        }

    async def name_bot(self, body: JsonObject) -> Json:
        """Give the bot of a token its username and name, and turn `inline` mode on, as BotFather does."""
        token = as_text(body.get("token"))
        if not token.partition(":")[0].isdigit():
            raise ValueError("token must look like digits:letters")
        bot = self.simulator.world.bot(token)
        bot.username = as_text(body.get("username")) or bot.username
        bot.first_name = as_text(body.get("first_name")) or bot.first_name
        if "inline" in body:
            bot.inline = as_flag(body["inline"])
        return bot.user()

    async def language(self, body: JsonObject) -> Json:
        """The person's phone speaks another language."""
        person = self.simulator.person(person_of(body))
        person.language_code = as_text(body.get("language_code")) or as_text(body.get("language"))
        self.simulator.world.journal.write("language", self.simulator.world.clock.now(), 0, person.id, {})
        return person.to_json()

    async def block(self, body: JsonObject) -> Json:
        """The bot gets 403 from now on."""
        self.simulator.block(person_of(body), bot=bot_of(body))
        return {"blocked": True}

    async def unblock(self, body: JsonObject) -> Json:
        """The bot may write again."""
        self.simulator.block(person_of(body), blocked=False, bot=bot_of(body))
        return {"blocked": False}
