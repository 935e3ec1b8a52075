"""What happens in groups and channels, read from updates: only what is meant for the bot."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from bot.routing.said import Group
from shop.forms.writing import clean, one_line

Raw = Mapping[str, Any]


class GroupTap(Struct, frozen=True):
    """A button was tapped under a message of the group."""

    query_id: str
    data: str
    group: Group
    message_id: int


class GroupSaid(Struct, frozen=True):
    """A command was written; nothing else that people say there is looked at."""

    text: str
    group: Group
    message_id: int


class Joined(Struct, frozen=True):
    """The bot was let in, got other rights, or was thrown out; `status` is the Bot API's."""

    group: Group
    status: str
    may_post: bool

    @property
    def is_inside(self) -> bool:
        """Whether the bot is in it now."""
        return self.status not in {"left", "kicked"}


class Moved(Struct, frozen=True):
    """The group is another chat from now on."""

    group: Group
    old: int
    new: int


InGroup = GroupTap | GroupSaid | Joined | Moved


def said(message: Raw) -> GroupSaid | Moved | None:
    """A command or a move; None for chatter, and for what nobody wrote (a channel, an anonymous administrator)."""
    group = _group(message)
    if (new := message.get("migrate_to_chat_id")) is not None:
        return Moved(group, group.chat_id, int(new))
    if (old := message.get("migrate_from_chat_id")) is not None:
        return Moved(group, int(old), group.chat_id)
    text = clean(message.get("text") or "")
    if not text.startswith("/") or "sender_chat" in message:
        return None
    return GroupSaid(text, group, int(message["message_id"]))


def tapped(query: Raw) -> GroupTap:
    """A tap, with the group it happened in."""
    message = query["message"]
    return GroupTap(query["id"], query.get("data") or "", _group(message), int(message["message_id"]))


def joined(change: Raw) -> Joined:
    """What the bot is there now."""
    member = change["new_chat_member"]
    may_post = bool(member.get("can_post_messages")) and bool(member.get("can_edit_messages", True))
    return Joined(_group(change), str(member["status"]), may_post)


def _group(inner: Raw) -> Group:
    chat = inner["chat"]
    topic = inner.get("message_thread_id") if inner.get("is_topic_message") else None
    title = one_line(str(chat.get("title") or ""))[:255]
    return Group(int(chat["id"]), str(chat["type"]), title, is_forum=bool(chat.get("is_forum")), topic=topic or 0)
