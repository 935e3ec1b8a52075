"""A group or channel in the hands of a test: everything people do in it, people by name."""

from collections.abc import Callable, Collection
from typing import TypeVar

from simulator import waiting
from simulator.acts import groups, tapping, writing
from simulator.acts.finding import Who, find_person, open_group
from simulator.acts.tapping import Tapped
from simulator.telegram.groups import Group, Topic
from simulator.telegram.messages import Message
from simulator.telegram.people import Person
from simulator.telegram.places import Toast
from simulator.telegram.world import World

T = TypeVar("T")


class Room:
    """What `Stage.found` gives; `group` is its state."""

    def __init__(self, world: World, group: Group) -> None:
        self.world = world
        self.group = group

    @property
    def id(self) -> int:
        """The chat id."""
        return self.group.id

    def _inside(self, who: Who) -> Person:
        return open_group(self.world, self.group, who)[1]

    def join(self, *people: Who, status: str = "member") -> None:
        """People come in, go ("left"), or get another standing."""
        for who in people:
            groups.join(self.world, self.group, find_person(self.world, who), status)

    def add_bot(self, by: Who) -> None:
        """Somebody adds the bot as a member."""
        groups.set_bot(self.world, self.group, self._inside(by), "member")

    def promote_bot(self, by: Who, *rights: str) -> None:
        """Make the bot an administrator: with these rights, or all."""
        given: Collection[str] | None = rights or None
        groups.set_bot(self.world, self.group, self._inside(by), "administrator", given)

    def kick_bot(self, by: Who) -> None:
        """Throw the bot out."""
        groups.set_bot(self.world, self.group, self._inside(by), "kicked")

    def send(self, who: Who, text: str, *, reply_to: int = 0, topic: int = 0) -> Message:
        """Write in it."""
        return writing.write_in_group(self.world, self.group, self._inside(who), text, reply_to, topic)

    def tap(self, who: Who, label: str, *, message_id: int = 0) -> Tapped:
        """Tap a button by its label, on the newest keyboard unless a message is named."""
        return tapping.tap_label_in(self.world, self.group, self._inside(who), label, message_id)

    def tap_data(self, who: Who, data: str, *, message_id: int = 0) -> Tapped:
        """Send callback data of one's own making."""
        return tapping.tap_data(self.world, self.group, self._inside(who), data, message_id)

    def toasts(self, who: Who) -> list[Toast]:
        """What this member saw after taps here."""
        person = find_person(self.world, who)
        return [toast for toast in self.group.toasts if toast.person == person.id]

    def open_topic(self, by: Who, name: str) -> Topic:
        """A member opens a topic."""
        return groups.open_topic(self.world, self.group, self._inside(by), name)

    def close_topic(self, by: Who, topic_id: int) -> None:
        """A topic is closed."""
        groups.close_topic(self.world, self.group, self._inside(by), topic_id)

    def delete_topic(self, by: Who, topic_id: int) -> None:
        """A topic is gone with all that was said in it."""
        groups.delete_topic(self.world, self.group, self._inside(by), topic_id)

    def delete(self, by: Who, message_id: int) -> None:
        """An administrator deletes a message."""
        groups.delete(self.world, self.group, self._inside(by), message_id)

    def upgrade(self, by: Who, *, forum: bool = False) -> "Room":
        """It becomes a supergroup: another chat."""
        return Room(self.world, groups.upgrade(self.world, self.group, self._inside(by), forum=forum))

    async def wait_for(self, predicate: Callable[[Group], T], timeout: float = waiting.PATIENCE) -> T:
        """The first true result of a question about the group."""
        return await waiting.wait_for(self.group, predicate, timeout)
