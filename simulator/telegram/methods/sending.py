"""What all sending methods share: replies, options, and putting the new message into the chat."""

from simulator.telegram.errors import bad_request
from simulator.telegram.keyboards import Markup, refuse_app_buttons
from simulator.telegram.messages import Message
from simulator.telegram.methods.registry import Call
from simulator.telegram.places import Place
from simulator.telegram.wire import JsonObject, as_flag, as_integer, as_object

COMMON = (
    "chat_id message_thread_id direct_messages_topic_id disable_notification protect_content "
    "allow_paid_broadcast message_effect_id suggested_post_parameters reply_parameters reply_markup"
)


def read_reply(call: Call, chat: Place) -> Message | None:
    """The message that is replied to; raises 400 when it is gone and that was not allowed."""
    value = call.parameters.structure("reply_parameters", "can't parse reply parameters JSON object")
    if value is None:
        return None
    reply = as_object(value)
    if reply is None:
        raise bad_request("object expected as reply parameters")
    message_id = as_integer(reply.get("message_id"))
    if not message_id:
        return None
    message = chat.messages.get(message_id)
    if message is None and not as_flag(reply.get("allow_sending_without_reply")):
        raise bad_request("message to be replied not found")
    return message


def read_extra(call: Call, *names: str) -> JsonObject:
    """Boolean options that stay with the message, under the names the message shows them by."""
    shown = {"protect_content": "has_protected_content", "has_spoiler": "has_media_spoiler"}
    return {shown.get(name, name): True for name in ("protect_content", *names) if call.parameters.flag(name)}


def say(call: Call, chat: Place, message: Message, markup: Markup) -> JsonObject:
    """Put a bot's message into the chat and return it as the Bot API shows it."""
    if chat.id < 0:
        refuse_app_buttons(markup.inline)
    message.keyboard, message.thread = markup.inline, call.thread
    if markup.reply is not None:
        message.fixed = not markup.reply.get("remove_keyboard")
        chat.reply_keyboard = None if markup.reply.get("remove_keyboard") else markup.reply
    call.world.put(chat, message)
    return chat.message_json(message)
