"""sendMessage and sendChatAction."""

from simulator.telegram.errors import bad_request
from simulator.telegram.formatting import message_text
from simulator.telegram.keyboards import read_markup, refuse_pay_buttons
from simulator.telegram.messages import Message
from simulator.telegram.methods.registry import Call, method
from simulator.telegram.methods.sending import COMMON, read_extra, read_reply, say
from simulator.telegram.wire import Json

ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


@method("sendMessage", f"{COMMON} business_connection_id text parse_mode entities link_preview_options")
async def send_message(call: Call) -> Json:
    """A text."""
    chat = call.open_chat()
    text, markup = message_text(call.parameters), read_markup(call.parameters)
    refuse_pay_buttons(markup.inline)
    reply = read_reply(call, chat)
    message = Message(chat.take_id(), True, call.world.seconds(), text=text, reply_to=reply, extra=read_extra(call))
    return say(call, chat, message, markup)


@method("sendChatAction", "chat_id business_connection_id message_thread_id action")
async def send_chat_action(call: Call) -> Json:
    """The note at the top of the chat that the bot is typing."""
    chat = call.open_chat()
    action = call.parameters.text("action").lower()
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    call.world.tell("typing", chat, {"action": action})
    return True
