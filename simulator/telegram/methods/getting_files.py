"""getFile: where to download what somebody sent."""

from simulator.telegram.errors import bad_request
from simulator.telegram.files import MAX_DOWNLOAD
from simulator.telegram.methods.registry import Call, method
from simulator.telegram.wire import Json


@method("getFile", "file_id")
async def get_file(call: Call) -> Json:
    """The Bot API's `File`; raises 400 over 20 MB."""
    file_id = call.parameters.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    stored = call.world.files.find(call.bot.id, file_id)
    if stored is None:
        raise bad_request("invalid file_id")
    if stored.content is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if stored.size > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return {
        "file_id": file_id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "file_path": stored.path,
    }
