"""A group, supergroup (perhaps with topics) or channel, with its members and one bot, who may be in it."""

from dataclasses import KW_ONLY, dataclass, field

from simulator.telegram.errors import BotApiError, bad_request, forbidden
from simulator.telegram.members import ADMIN_RIGHTS, member_json
from simulator.telegram.messages import Message
from simulator.telegram.people import Person
from simulator.telegram.places import Place
from simulator.telegram.wire import JsonObject

INSIDE = frozenset({"creator", "administrator", "member"})


@dataclass(slots=True)
class Topic:
    """A topic of a forum; its id is the `message_thread_id`."""

    id: int
    name: str
    closed: bool = False


@dataclass
class Group(Place):
    """`kind` is the Bot API's chat type; statuses are those of `ChatMember`."""

    number: int
    kind: str
    title: str
    _: KW_ONLY
    is_forum: bool = False
    people: dict[int, Person] = field(default_factory=dict)
    status: dict[int, str] = field(default_factory=dict)
    bot_status: str = "left"
    bot_rights: frozenset[str] = frozenset()
    topics: dict[int, Topic] = field(default_factory=dict)
    muted: bool = False  # members who are no administrators may not write
    migrated_to: int = 0
    met: bool = False  # whether the bot was ever in it

    @property
    def id(self) -> int:
        """The chat id: negative."""
        return self.number

    @property
    def name(self) -> str:
        """The title."""
        return self.title

    def header(self) -> JsonObject:
        """The Bot API's `Chat`."""
        body: JsonObject = {"id": self.number, "title": self.title, "type": self.kind}
        if self.is_forum:
            body["is_forum"] = True
        return body

    def signed(self, message: Message) -> JsonObject:
        """The member; in a channel nobody but the channel itself."""
        if self.kind == "channel":
            return {"sender_chat": self.header()}
        return {"from": self.bot.user() if message.from_bot else self.people[message.author].user()}

    def author(self, message: Message) -> str:
        """The name above a message."""
        if self.kind == "channel":
            return self.title
        return self.bot.username if message.from_bot else self.people[message.author].first_name

    def is_in(self, person: int) -> bool:
        """Whether this person is a member."""
        return self.status.get(person) in INSIDE

    def bot_json(self) -> JsonObject:
        """The bot as a `ChatMember`."""
        return member_json(self.bot.user(), self.bot_status, self.kind, self.bot_rights)

    def heard(self, message: Message) -> str:
        """Privacy mode: a bot that is no administrator hears commands, mentions, replies to it and service notes."""
        if message.from_bot or self.bot_status not in INSIDE:
            return ""
        if self.kind == "channel":
            return "channel_post"
        return "message" if self.bot_status == "administrator" or self._is_meant(message) else ""

    def _is_meant(self, message: Message) -> bool:
        if message.service or (message.reply_to is not None and message.reply_to.from_bot):
            return True
        written, me = message.text or message.caption, f"@{self.bot.username}".lower()
        text = written.text.lower() if written else ""
        for entity in written.entities if written else ():
            part = text[entity.offset : entity.offset + entity.length]
            if entity.type == "mention" and part == me:
                return True
            if entity.type == "bot_command" and ("@" not in part or part.endswith(me)):
                return True
        return False

    def check_access(self) -> None:
        """Raise what tdlib/telegram-bot-api, Client.cpp, says to a bot that is not in the chat."""
        if self.migrated_to:
            words = "Bad Request: group chat was upgraded to a supergroup chat"
            raise BotApiError(400, words, migrate_to=self.migrated_to)
        if self.bot_status == "kicked":
            raise forbidden(f"bot was kicked from the {self.kind} chat")
        if self.bot_status == "left":
            raise forbidden(f"bot is not a member of the {self.kind} chat")

    def check_writing(self, content: str, thread: int) -> None:
        """Raise 400 where the bot may not write, or into a topic that is closed or gone."""
        is_admin = self.bot_status == "administrator"
        if self.kind == "channel" and "can_post_messages" not in self.bot_rights:
            raise bad_request("need administrator rights in the channel chat")
        if self.muted and not is_admin:
            raise bad_request(f"not enough rights to send {content} to the chat")
        if not thread or (self.is_forum and thread == 1):
            return
        if thread not in self.topics:
            raise bad_request("message thread not found")
        if self.topics[thread].closed and "can_manage_topics" not in self.bot_rights:
            raise bad_request("TOPIC_CLOSED")

    def set_bot(self, status: str, rights: frozenset[str] | None = None) -> None:
        """Note what the bot is here; an administrator of whom nothing else is said may do everything."""
        self.bot_status, self.met = status, True
        usual = ADMIN_RIGHTS[self.kind] if status == "administrator" else frozenset[str]()
        self.bot_rights = usual if rights is None else rights
