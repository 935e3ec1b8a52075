"""Groups and channels over HTTP: found one, let people and the bot in and out, read it."""

from starlette.routing import BaseRoute

from simulator.acts import groups
from simulator.acts.finding import find_bot, find_group, find_person, open_group
from simulator.control.requests import bot_of, number_of, person_of, route
from simulator.stage import Stage
from simulator.telegram.wire import Json, JsonObject, as_flag, as_list, as_text
from simulator.transcript import show_group, show_group_row

STATUSES = ("creator", "administrator", "member", "left", "kicked")


class Groups:
    """Groups over HTTP."""

    def __init__(self, simulator: Stage) -> None:
        self.simulator = simulator

    def routes(self) -> list[BaseRoute]:
        """Mounted under /control."""
        return [
            route("GET", "/groups", self.list),
            route("POST", "/groups", self.found),
            route("GET", "/groups/{group}/{person}", self.transcript),
            route("POST", "/groups/{group}/members", self.member),
            route("POST", "/groups/{group}/bot", self.bot),
            route("POST", "/groups/{group}/topics", self.topic),
            route("POST", "/groups/{group}/upgrade", self.upgrade),
        ]

    async def list(self, _: JsonObject) -> Json:
        """All of them, in the order they were founded."""
        return {"groups": [show_group_row(group) for group in self.simulator.world.groups.values()]}

    async def found(self, body: JsonObject) -> Json:
        """`title`, `person`, `kind`, `forum`, and the `members` by id or name."""
        world = self.simulator.world
        founder, kind = find_person(world, person_of(body)), as_text(body.get("kind"), "supergroup")
        bot, title = find_bot(world, bot_of(body)), as_text(body.get("title"))
        if not title:
            raise ValueError("a group needs a title")
        group = groups.found(world, bot, founder, title, kind, forum=as_flag(body.get("forum")))
        for who in as_list(body.get("members")) or ():
            groups.join(world, group, find_person(world, as_text(who)))
        return show_group_row(group)

    async def transcript(self, body: JsonObject) -> Json:
        """What this member sees."""
        return show_group(*open_group(self.simulator.world, as_text(body.get("group")), person_of(body)))

    async def member(self, body: JsonObject) -> Json:
        """`person` gets a `status`."""
        world, group = self.simulator.world, find_group(self.simulator.world, as_text(body.get("group")))
        groups.join(world, group, find_person(world, person_of(body)), _status(body))
        return show_group_row(group)

    async def bot(self, body: JsonObject) -> Json:
        """`person` gives the bot a `status`, as administrator perhaps with a list of `rights`."""
        world = self.simulator.world
        group, by = open_group(world, as_text(body.get("group")), person_of(body))
        rights = as_list(body.get("rights"))
        given = None if rights is None else [as_text(right) for right in rights]
        groups.set_bot(world, group, by, _status(body), given)
        return show_group_row(group)

    async def topic(self, body: JsonObject) -> Json:
        """`person` opens a topic of this `name`, or closes or deletes (`act`) the `topic` of an id."""
        world, act = self.simulator.world, as_text(body.get("act"), "open")
        group, by = open_group(world, as_text(body.get("group")), person_of(body))
        if act == "open":
            groups.open_topic(world, group, by, as_text(body.get("name")))
        elif act == "delete":
            groups.delete_topic(world, group, by, number_of(body, "topic"))
        else:
            groups.close_topic(world, group, by, number_of(body, "topic"))
        return show_group_row(group)

    async def upgrade(self, body: JsonObject) -> Json:
        """A basic group becomes a supergroup."""
        group, by = open_group(self.simulator.world, as_text(body.get("group")), person_of(body))
        return show_group_row(groups.upgrade(self.simulator.world, group, by, forum=as_flag(body.get("forum"))))


def _status(body: JsonObject) -> str:
    status = as_text(body.get("status"), "member")
    if status not in STATUSES:
        raise ValueError(f"status must be one of {', '.join(STATUSES)}")
    return status
