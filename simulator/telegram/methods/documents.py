"""sendDocument."""

from simulator.telegram.methods.media import send_file
from simulator.telegram.methods.registry import Call, method
from simulator.telegram.methods.sending import COMMON
from simulator.telegram.wire import Json


@method(
    "sendDocument",
    f"{COMMON} business_connection_id document thumbnail caption parse_mode caption_entities "
    "disable_content_type_detection",
)
async def send_document(call: Call) -> Json:
    """A file with an optional caption."""
    return await send_file(call, "document")
