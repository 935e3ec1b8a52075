"""The parameters of one Bot API call, whichever of the four ways they came: query, form, JSON or multipart."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.requests import Request

from simulator.telegram.errors import BotApiError, bad_request
from simulator.telegram.wire import Json, JsonObject, as_flag, as_integer, as_text

MAX_BODY = 50 * 1024 * 1024 + 64 * 1024


@dataclass(slots=True)
class Upload:
    """A file that came in the body of a call."""

    name: str
    content: bytes
    mime: str


class Parameters:
    """Named values, read the way Telegram's server reads them."""

    def __init__(self, values: Mapping[str, Json], files: Mapping[str, Upload] | None = None) -> None:
        self.values = values
        self.files = files or {}

    def __contains__(self, name: str) -> bool:
        return name in self.values or name in self.files

    def text(self, name: str) -> str:
        """A string, empty when absent."""
        return as_text(self.values.get(name))

    def required(self, name: str) -> str:
        """A string that must be there; raises BotApiError 400."""
        value = self.text(name)
        if not value:
            raise bad_request(f'parameter "{name}" is required')
        return value

    def integer(self, name: str, default: int = 0) -> int:
        """An integer; the default when absent or no number, as Telegram does."""
        value = as_integer(self.values.get(name))
        return default if value is None else value

    def flag(self, name: str) -> bool:
        """A boolean, false when absent."""
        return as_flag(self.values.get(name))

    def structure(self, name: str, words: str) -> Json:
        """An array or object, decoded when it came as text; None when absent; raises 400 with `words`."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            decoded: Json = json.loads(value)
        except ValueError:
            raise bad_request(words) from None
        return decoded

    def shown(self) -> JsonObject:
        """The parameters for the call log; files are named, not included."""
        shown = dict(self.values)
        for name, upload in self.files.items():
            shown[name] = f"<{upload.name or 'file'}, {len(upload.content)} bytes>"
        return shown


async def read_parameters(request: Request) -> Parameters:
    """Decode a request; raises BotApiError 413 for a body over 50 MB and 400 for broken JSON."""
    values: JsonObject = dict(request.query_params)
    files: dict[str, Upload] = {}
    if int(request.headers.get("content-length") or 0) > MAX_BODY:
        raise BotApiError(413, "Request Entity Too Large")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        async with request.form(max_files=64, max_fields=256, max_part_size=MAX_BODY) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    content = await value.read()
                    files[name] = Upload(value.filename or name, content, value.content_type or "")
                else:
                    values[name] = value
    elif kind == "application/json":
        body = await request.body()
        try:
            decoded = json.loads(body) if body else {}
        except ValueError:
            raise bad_request("can't parse request body JSON object") from None
        if isinstance(decoded, dict):
            values.update(decoded)
    else:
        values.update(parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True))
    return Parameters(values, files)
