"""What people do in groups and channels: found one, let the bot in, change its rights, throw it out."""

from collections.abc import Collection

from simulator.acts.refusals import CannotDo
from simulator.telegram.bots import Bot
from simulator.telegram.groups import INSIDE, Group, Topic
from simulator.telegram.messages import Message
from simulator.telegram.people import Person
from simulator.telegram.wire import JsonObject
from simulator.telegram.world import World

KINDS = ("group", "supergroup", "channel")


def found(
    world: World, bot: Bot, founder: Person, title: str, kind: str = "supergroup", *, forum: bool = False
) -> Group:
    """A new group or channel without the bot; raises CannotDo for a kind that Telegram does not have."""
    if kind not in KINDS or (forum and kind != "supergroup"):
        raise CannotDo("a group is a group, a supergroup (perhaps a forum) or a channel")
    start = -4_000_000_000 if kind == "group" else -1_001_000_000_000
    number = start - len(world.groups) - 1
    group = Group(bot, number, kind, title, is_forum=forum)
    group.people[founder.id], group.status[founder.id] = founder, "creator"
    world.groups[number] = group
    world.tell("group", group, {}, founder.id)
    return group


def join(world: World, group: Group, person: Person, status: str = "member") -> None:
    """Somebody comes in, goes ("left"), or gets another standing."""
    group.people[person.id], group.status[person.id] = person, status
    world.tell("group", group, {}, person.id)


def set_bot(
    world: World, group: Group, by: Person, status: str, rights: Collection[str] | None = None, *, quiet: bool = False
) -> None:
    """Let the bot in, make it an administrator with these rights (or all), or throw it out; it hears of a change.

    `quiet`: without the service message, as when a link was used.
    """
    before, was_in = group.bot_json(), group.bot_status in INSIDE
    group.set_bot(status, None if rights is None else frozenset(rights))
    after, is_in = group.bot_json(), status in INSIDE
    if before == after:
        return
    body: JsonObject = {
        "chat": group.header(),
        "from": by.user(),
        "date": world.seconds(),
        "old_chat_member": before,
        "new_chat_member": after,
    }
    world.tell("group", group, {}, by.id)
    group.bot.updates.add("my_chat_member", body, ("chat", group.id))
    if group.kind != "channel" and is_in and not was_in and not quiet:
        note(world, group, by, {"new_chat_members": [group.bot.user()]})


def note(world: World, group: Group, by: Person, service: JsonObject, thread: int = 0) -> Message:
    """A service message."""
    body = Message(group.take_id(), False, world.seconds(), service=service, author=by.id, thread=thread)
    return world.put(group, body)


def open_topic(world: World, group: Group, by: Person, name: str) -> Topic:
    """A member opens a topic of a forum."""
    if not group.is_forum:
        raise CannotDo(f"{group.title} has no topics")
    topic = Topic(group.last_id + 1, name)
    group.topics[topic.id] = topic
    note(world, group, by, {"forum_topic_created": {"name": name, "icon_color": 7322096}}, topic.id)
    return topic


def close_topic(world: World, group: Group, by: Person, topic_id: int, *, closed: bool = True) -> None:
    """Close a topic or open it again."""
    group.topics[topic_id].closed = closed
    note(world, group, by, {"forum_topic_closed" if closed else "forum_topic_reopened": {}}, topic_id)


def delete_topic(world: World, group: Group, by: Person, topic_id: int) -> None:
    """A topic with all that was written in it is gone."""
    del group.topics[topic_id]
    for message in [one for one in group.messages.values() if one.thread == topic_id]:
        del group.messages[message.message_id]
    world.tell("group", group, {}, by.id)


def upgrade(world: World, group: Group, by: Person, *, forum: bool = False) -> Group:
    """A basic group becomes a supergroup: another chat with another id; both say so."""
    if group.kind != "group":
        raise CannotDo(f"{group.title} is a {group.kind} already")
    bigger = found(world, group.bot, by, group.title, "supergroup", forum=forum)
    bigger.people, bigger.status = dict(group.people), dict(group.status)
    bigger.set_bot(group.bot_status)
    note(world, group, by, {"migrate_to_chat_id": bigger.id})
    note(world, bigger, by, {"migrate_from_chat_id": group.id})
    group.migrated_to = bigger.id
    return bigger


def delete(world: World, group: Group, by: Person, message_id: int) -> None:
    """An administrator deletes a message; the bot does not hear of it."""
    if group.status.get(by.id) not in {"creator", "administrator"}:
        raise CannotDo(f"{by.first_name} may not delete messages in {group.title}")
    if message_id not in group.messages:
        raise CannotDo(f"there is no message {message_id} in {group.title}")
    del group.messages[message_id]
    world.tell("delete", group, {"message_id": message_id}, by.id)
