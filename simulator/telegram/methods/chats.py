"""getChat and getChatMember, topics, and pinning a message."""

from simulator.telegram.chats import Chat
from simulator.telegram.errors import bad_request
from simulator.telegram.groups import Group, Topic
from simulator.telegram.members import ADMIN_RIGHTS, member_json, permissions_json
from simulator.telegram.messages import Message
from simulator.telegram.methods.registry import Call, method
from simulator.telegram.wire import Json, JsonObject

MAX_TOPIC = 128
TOPIC_COLOUR = 7322096


_GIFTS: JsonObject = {
    "unlimited_gifts": True,
    "limited_gifts": True,
    "unique_gifts": True,
    "premium_subscription": True,
    "gifts_from_channels": True,
}


@method("getChat", "chat_id")
async def get_chat(call: Call) -> Json:
    """All about a chat."""
    chat = call.chat()
    body: JsonObject = {**chat.header(), "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _GIFTS}
    if isinstance(chat, Group) and chat.kind != "channel":
        body["permissions"] = permissions_json(muted=chat.muted)
    if isinstance(chat, Chat) and chat.person.username:
        body["active_usernames"] = [chat.person.username]
    if chat.pinned and chat.pinned in chat.messages:
        body["pinned_message"] = chat.message_json(chat.messages[chat.pinned])
    return body


@method("getChatMember", "chat_id user_id")
async def get_chat_member(call: Call) -> Json:
    """What somebody is in a chat."""
    chat, number = call.chat(), call.parameters.integer("user_id")
    if number == call.bot.id:
        return chat.bot_json() if isinstance(chat, Group) else member_json(call.bot.user(), "member", "private")
    person = call.world.people.get(number)
    if person is None:
        raise bad_request("invalid user_id specified")
    if isinstance(chat, Group):
        status = chat.status.get(number, "left")
        rights = ADMIN_RIGHTS[chat.kind] if status == "administrator" else frozenset[str]()
        return member_json(person.user(), status, chat.kind, rights)
    if person.id != chat.id:
        raise bad_request("member not found")
    return member_json(person.user(), "member", "private")


@method("createForumTopic", "chat_id name icon_color icon_custom_emoji_id")
async def create_forum_topic(call: Call) -> Json:
    """A topic of a forum."""
    chat, name = call.chat(), call.parameters.text("name").strip()
    if not isinstance(chat, Group) or not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if "can_manage_topics" not in chat.bot_rights:
        raise bad_request("not enough rights to create a topic")
    if not 1 <= len(name) <= MAX_TOPIC:
        raise bad_request("TOPIC_TITLE_INVALID" if name else "TOPIC_TITLE_EMPTY")
    topic = Topic(chat.take_id(), name)
    chat.topics[topic.id] = topic
    service: JsonObject = {"forum_topic_created": {"name": name, "icon_color": TOPIC_COLOUR}}
    note = Message(topic.id, True, call.world.seconds(), service=service, thread=topic.id)
    call.world.put(chat, note)
    return {"message_thread_id": topic.id, "name": name, "icon_color": TOPIC_COLOUR}


@method("pinChatMessage", "business_connection_id chat_id message_id disable_notification")
async def pin_chat_message(call: Call) -> Json:
    """Keep a message at the top of the chat."""
    chat = call.chat()
    chat.pinned = call.message(chat, "pin").message_id
    call.world.tell("pin", chat, {"message_id": chat.pinned})
    return True


@method("unpinChatMessage", "business_connection_id chat_id message_id")
async def unpin_chat_message(call: Call) -> Json:
    """No message at the top any more."""
    chat = call.chat()
    chat.pinned = 0
    call.world.tell("pin", chat, {"message_id": 0})
    return True
