"""getChat, and pinning a message in one."""

from simulator.telegram.methods.registry import Call, method
from simulator.telegram.wire import Json, JsonObject


@method("getChat", "chat_id")
async def get_chat(call: Call) -> Json:
    """All about a private chat."""
    chat = call.chat()
    body: JsonObject = {
        **chat.person.chat(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": True,
            "limited_gifts": True,
            "unique_gifts": True,
            "premium_subscription": True,
            "gifts_from_channels": True,
        },
    }
    if chat.person.username:
        body["active_usernames"] = [chat.person.username]
    if chat.pinned and chat.pinned in chat.messages:
        body["pinned_message"] = chat.message_json(chat.messages[chat.pinned])
    return body


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
