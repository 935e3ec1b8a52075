"""editMessageMedia: replace the photo or file of a message, or give a text message one."""

from simulator.telegram.errors import NOT_MODIFIED, bad_request
from simulator.telegram.formatting import make_caption
from simulator.telegram.keyboards import refuse_pay_buttons
from simulator.telegram.methods.edit import TARGET, find_message, finish, read_keyboard
from simulator.telegram.methods.media import find_file
from simulator.telegram.methods.registry import Call, method
from simulator.telegram.wire import Json, as_flag, as_object, as_text


@method("editMessageMedia", f"{TARGET} media reply_markup")
async def edit_message_media(call: Call) -> Json:
    """Another picture (or file), caption and keyboard."""
    chat, message = find_message(call)
    media = as_object(call.parameters.structure("media", "can't parse input media JSON object"))
    if media is None:
        raise bad_request("media not found" if "media" not in call.parameters else "expected an Object")
    keyboard = read_keyboard(call)
    refuse_pay_buttons(keyboard)
    kind = as_text(media.get("type"))
    if kind not in {"photo", "document"}:
        raise bad_request("can't parse InputMedia: invalid type specified")
    mode = as_text(media.get("parse_mode"))
    caption = make_caption(as_text(media.get("caption")), mode, media.get("caption_entities"))
    if message.invoice is not None:
        raise bad_request("message can't be edited")
    if message.media_group_id and (kind == "photo") != (message.photo is not None):
        raise bad_request("can't use the media of the specified type in the album")
    stored = await find_file(call, kind, as_text(media.get("media")), "")
    photo, document = (stored, None) if kind == "photo" else (None, stored)
    same = message.photo == photo and message.document == document and message.caption == caption
    if same and message.keyboard == keyboard:
        raise bad_request(NOT_MODIFIED)
    message.text, message.caption, message.photo, message.document = None, caption, photo, document
    message.keyboard = keyboard
    message.extra.pop("has_media_spoiler", None)
    if as_flag(media.get("has_spoiler")):
        message.extra["has_media_spoiler"] = True
    return finish(call, chat, message, visible=True)
