"""sendMediaGroup: two to ten photos, or two to ten files, as one album."""

from simulator.telegram.errors import bad_request
from simulator.telegram.formatting import make_caption
from simulator.telegram.keyboards import Markup
from simulator.telegram.messages import Message
from simulator.telegram.methods.media import find_file
from simulator.telegram.methods.registry import Call, method
from simulator.telegram.methods.sending import read_extra, read_reply, say
from simulator.telegram.wire import Json, as_list, as_object, as_text


@method(
    "sendMediaGroup",
    "chat_id business_connection_id message_thread_id direct_messages_topic_id media disable_notification "
    "protect_content allow_paid_broadcast message_effect_id reply_parameters",
)
async def send_media_group(call: Call) -> Json:
    """An album; every part of it is a message of its own."""
    chat = call.open_chat("photos")
    media = as_list(call.parameters.structure("media", "can't parse media JSON object"))
    if media is None:
        raise bad_request("expected an Array of InputMedia")
    if not 2 <= len(media) <= 10:
        raise bad_request("media must contain 2-10 items")
    reply, group = read_reply(call, chat), call.world.fresh_id()
    messages, kinds = [], set()
    for item in media:
        part = as_object(item)
        if part is None:
            raise bad_request("can't parse InputMedia: expected an Object")
        kind = as_text(part.get("type"))
        if kind not in {"photo", "document"}:
            raise bad_request("can't parse InputMedia: invalid type specified")
        kinds.add(kind)
        stored = await find_file(call, kind, as_text(part.get("media")), "")
        mode = as_text(part.get("parse_mode"))
        caption = make_caption(as_text(part.get("caption")), mode, part.get("caption_entities"))
        messages.append((stored, caption))
    if len(kinds) > 1:
        raise bad_request("can't use the media of the specified type in the album")
    shown = []
    for stored, caption in messages:
        message = Message(
            chat.take_id(),
            True,
            call.world.seconds(),
            caption=caption,
            photo=stored if stored.kind == "photo" else None,
            document=stored if stored.kind == "document" else None,
            reply_to=reply,
            media_group_id=group,
            extra=read_extra(call),
        )
        shown.append(say(call, chat, message, Markup()))
    return shown
