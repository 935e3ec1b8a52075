"""copyMessage and forwardMessage."""

from dataclasses import replace

from simulator.telegram.errors import bad_request
from simulator.telegram.formatting import message_caption
from simulator.telegram.keyboards import Markup, read_markup, refuse_pay_buttons
from simulator.telegram.messages import Message
from simulator.telegram.methods.registry import Call, method
from simulator.telegram.methods.sending import COMMON, read_extra, read_reply, say
from simulator.telegram.places import Place
from simulator.telegram.wire import Json, JsonObject


def _original(call: Call, purpose: str) -> tuple[Place, Message]:
    source = call.chat("from_chat_id")
    message = call.message(source, purpose)
    if message.service or (purpose == "copy" and message.invoice):
        raise bad_request(f"message can't be {'copied' if purpose == 'copy' else 'forwarded'}")
    return source, message


def _origin(source: Place, original: Message) -> JsonObject:
    signed = source.signed(original)
    if "from" in signed:
        return {"type": "user", "sender_user": signed["from"], "date": original.date}
    return {"type": "channel", "chat": source.header(), "message_id": original.message_id, "date": original.date}


@method(
    "copyMessage",
    f"{COMMON} from_chat_id message_id caption parse_mode caption_entities show_caption_above_media "
    "video_start_timestamp",
)
async def copy_message(call: Call) -> Json:
    """The same message again, without a link to the original."""
    chat = call.open_chat()
    _, original = _original(call, "copy")
    markup = read_markup(call.parameters)
    refuse_pay_buttons(markup.inline)
    caption = message_caption(call.parameters) if "caption" in call.parameters else original.caption
    message = Message(
        chat.take_id(),
        True,
        call.world.seconds(),
        text=original.text,
        caption=caption if original.has_media else None,
        photo=original.photo,
        document=original.document,
        reply_to=read_reply(call, chat),
        extra=read_extra(call),
    )
    say(call, chat, message, markup)
    return {"message_id": message.message_id}


@method(
    "forwardMessage",
    "chat_id message_thread_id direct_messages_topic_id from_chat_id video_start_timestamp disable_notification "
    "protect_content message_effect_id suggested_post_parameters message_id",
)
async def forward_message(call: Call) -> Json:
    """The message with a note of where it came from."""
    chat = call.open_chat()
    source, original = _original(call, "forward")
    if original.extra.get("has_protected_content"):
        raise bad_request("the message can't be forwarded because it has protected content")
    message = replace(original, message_id=chat.take_id(), from_bot=True, date=call.world.seconds(), reply_to=None)
    message.extra = {"forward_origin": _origin(source, original)}
    message.edit_date, message.media_group_id, message.fixed = 0, "", False
    return say(call, chat, message, Markup())
