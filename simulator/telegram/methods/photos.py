"""sendPhoto."""

from simulator.telegram.formatting import message_caption
from simulator.telegram.keyboards import read_markup, refuse_pay_buttons
from simulator.telegram.messages import Message
from simulator.telegram.methods.media import find_file
from simulator.telegram.methods.registry import Call, method
from simulator.telegram.methods.sending import COMMON, read_extra, read_reply, say
from simulator.telegram.wire import Json


@method(
    "sendPhoto",
    f"{COMMON} business_connection_id photo caption parse_mode caption_entities has_spoiler show_caption_above_media",
)
async def send_photo(call: Call) -> Json:
    """A picture with an optional caption."""
    chat = call.open_chat("photos")
    caption, markup = message_caption(call.parameters), read_markup(call.parameters)
    refuse_pay_buttons(markup.inline)
    photo = await find_file(call, "photo", call.parameters.text("photo"), "photo")
    message = Message(
        chat.take_id(),
        True,
        call.world.seconds(),
        caption=caption,
        photo=photo,
        reply_to=read_reply(call, chat),
        extra=read_extra(call, "has_spoiler", "show_caption_above_media"),
    )
    return say(call, chat, message, markup)
