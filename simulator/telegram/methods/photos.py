"""sendPhoto."""

from simulator.telegram.methods.media import send_file
from simulator.telegram.methods.registry import Call, method
from simulator.telegram.methods.sending import COMMON
from simulator.telegram.wire import Json


@method(
    "sendPhoto",
    f"{COMMON} business_connection_id photo caption parse_mode caption_entities has_spoiler show_caption_above_media",
)
async def send_photo(call: Call) -> Json:
    """A picture with an optional caption."""
    return await send_file(call, "photo", "has_spoiler", "show_caption_above_media")
