"""The file that a call means: uploaded with it, known by its file_id, or at an address; and sending it."""

from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import urlsplit

import aiohttp

from simulator.telegram.errors import WRONG_FILE, bad_request
from simulator.telegram.files import StoredFile
from simulator.telegram.formatting import message_caption
from simulator.telegram.keyboards import read_markup, refuse_pay_buttons
from simulator.telegram.messages import Message
from simulator.telegram.methods.registry import Call
from simulator.telegram.methods.sending import read_extra, read_reply, say
from simulator.telegram.wire import Json

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
# Names that RFC 2606 and RFC 6761 promise will never resolve: pictures there are always unreachable.
NOWHERE = (".invalid", ".test", ".example")
FETCH_SECONDS = 5
MAX_REMOTE_PHOTO = 5 * 1024 * 1024
REMOTE_DOCUMENTS = {".pdf": "application/pdf", ".zip": "application/zip", ".gif": "image/gif"}


async def send_file(call: Call, kind: Literal["photo", "document"], *options: str) -> Json:
    """Send a photo or a document with its caption; `options` are boolean parameters that stay with the message."""
    chat = call.open_chat(f"{kind}s")
    caption, markup = message_caption(call.parameters), read_markup(call.parameters)
    refuse_pay_buttons(markup.inline)
    file = await find_file(call, kind, call.parameters.text(kind), kind)
    message = Message(
        chat.take_id(),
        True,
        call.world.seconds(),
        caption=caption,
        photo=file if kind == "photo" else None,
        document=file if kind == "document" else None,
        reply_to=read_reply(call, chat),
        extra=read_extra(call, *options),
    )
    return say(call, chat, message, markup)


async def find_file(call: Call, kind: str, value: str, field: str) -> StoredFile:
    """The file of a `photo` or `document` value; `attach://name` points into the body.

    Raises BotApiError 400 in Telegram's words. Only loopback addresses are ever fetched; other addresses
    are believed unless the world was told that remote pictures are unreachable.
    """
    upload = call.parameters.files.get(value.removeprefix("attach://") if value.startswith("attach://") else field)
    if upload is not None and (value.startswith("attach://") or not value):
        return call.world.files.add(call.bot.id, kind, upload.name, upload.content, upload.mime)
    if not value:
        raise bad_request(f"there is no {kind} in the request")
    if value.startswith(("http://", "https://")):
        return await _find_remote(call, kind, value)
    known = call.world.files.find(call.bot.id, value)
    if known is None:
        raise bad_request(WRONG_FILE)
    if known.kind != kind:
        raise bad_request(f"can't use file of type {known.kind.title()} as {kind.title()}")
    return known


async def _find_remote(call: Call, kind: str, url: str) -> StoredFile:
    host = urlsplit(url).hostname or ""
    if kind == "document" and PurePosixPath(urlsplit(url).path).suffix.lower() not in REMOTE_DOCUMENTS:
        raise bad_request("wrong type of the web page content")
    if host not in LOOPBACK:
        if not call.world.remote_pictures or "." not in host or host.endswith(NOWHERE):
            raise bad_request(WRONG_FILE)
        return call.world.files.add_remote(call.bot.id, kind, url)
    timeout = aiohttp.ClientTimeout(total=FETCH_SECONDS)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url) as response:
            if response.status != 200:
                raise bad_request("failed to get HTTP URL content")
            content, mime = await response.read(), response.content_type
    except (aiohttp.ClientError, TimeoutError, ValueError):
        raise bad_request(WRONG_FILE) from None
    if kind == "photo" and not mime.startswith("image/"):
        raise bad_request("wrong type of the web page content")
    if kind == "photo" and len(content) > MAX_REMOTE_PHOTO:
        raise bad_request("failed to get HTTP URL content")
    return call.world.files.add(call.bot.id, kind, url.rpartition("/")[2], content, mime)
