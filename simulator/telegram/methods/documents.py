"""sendDocument."""

from simulator.telegram.formatting import message_caption
from simulator.telegram.keyboards import read_markup, refuse_pay_buttons
from simulator.telegram.messages import Message
from simulator.telegram.methods.media import find_file
from simulator.telegram.methods.registry import Call, method
from simulator.telegram.methods.sending import COMMON, read_extra, read_reply, say
from simulator.telegram.wire import Json


@method(
    "sendDocument",
    f"{COMMON} business_connection_id document thumbnail caption parse_mode caption_entities "
    "disable_content_type_detection",
)
async def send_document(call: Call) -> Json:
    """A file with an optional caption."""
    chat = call.open_chat("documents")
    caption, markup = message_caption(call.parameters), read_markup(call.parameters)
    refuse_pay_buttons(markup.inline)
    document = await find_file(call, "document", call.parameters.text("document"), "document")
    message = Message(
        chat.take_id(),
        True,
        call.world.seconds(),
        caption=caption,
        document=document,
        reply_to=read_reply(call, chat),
        extra=read_extra(call),
    )
    return say(call, chat, message, markup)
