"""The outermost layer of the desk: who is there, what a browser may load, and which address it was reached by."""

import re
import secrets
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from db.models import SignedInBy
from shop.desk import sessions
from shop.desk.sessions import Present
from web.desk.behind import Behind
from web.desk.words import Words

LARGEST = 12 * 1024 * 1024  # bytes of what a form may send: a photo, or a table of goods
LARGEST_OF_STRANGERS = 16 * 1024  # a name and a password
OUTER = {"app", "router", "endpoint", "path_params"}  # of the web server around the desk, which makes its links itself
SAFE = {"GET", "HEAD", "OPTIONS"}  # what changes nothing here
SAME_SITE = re.compile(rb";\s*samesite=\w+", re.IGNORECASE)
LONGEST_COOKIE = 128  # letters of ours; a longer one was written by somebody else


class Page:
    """One request at the desk: the shop, who is there, their words, and the nonce of the scripts in the answer."""

    __slots__ = ("behind", "is_framed", "nonce", "present", "words")

    def __init__(self, behind: Behind, present: Present | None, words: Words) -> None:
        self.behind = behind
        self.present = present
        self.words = words
        self.nonce = secrets.token_urlsafe(16)
        # whether Telegram opened it, which may show it in a frame
        self.is_framed = present is not None and present.opened_by is SignedInBy.TELEGRAM


class Door:
    """Serves `app` to whoever came, and says in every answer what a browser may do with it."""

    def __init__(self, app: ASGIApp, behind: Behind) -> None:
        self._app = app
        self._behind = behind
        split = urlsplit(behind.url)
        self._scheme = split.scheme
        self._host = split.netloc.encode()
        self._origin = f"{split.scheme}://{split.netloc}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            return
        # the address in links is the one of the configuration: a proxy ends https, and Host is what a stranger wrote
        headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
        scope = {key: value for key, value in scope.items() if key not in OUTER}
        scope |= {"scheme": self._scheme, "headers": [*headers, (b"host", self._host)]}
        if scope["method"] not in SAFE and _comes_from_elsewhere(headers, self._origin):
            await _refuse(send, 403)
            return
        page = await self._page(HTTPConnection(scope))
        scope["desk"] = page
        most = LARGEST if page.present is not None else LARGEST_OF_STRANGERS
        if _length(scope) > most:
            await _refuse(send, 413)
            return
        left = most

        async def measured() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            return message if left >= 0 else {"type": "http.disconnect"}  # of a body that did not say how long it is

        begun = False

        async def guarded(message: Message) -> None:
            nonlocal begun
            begun = True
            if message["type"] == "http.response.start":
                self._guard(message, page, scope)
            await send(message)

        try:
            await self._app(scope, measured, guarded)
        except ClientDisconnect:
            return
        except Exception:
            if not begun:  # else it was logged and answered
                raise

    async def _page(self, connection: HTTPConnection) -> Page:
        behind = self._behind
        cookie = connection.cookies.get(behind.cookie, "")
        found = None
        if cookie and len(cookie) <= LONGEST_COOKIE:
            operators = behind.policy().operators
            found = await sessions.look(behind.db, cookie, behind.lasting, operators=operators, now=behind.now())
        language = found.language if found is not None else _first(connection.headers.get("accept-language", ""))
        return Page(behind, found, behind.words(language))

    def _guard(self, message: MutableMapping[str, Any], page: Page, scope: Scope) -> None:
        headers = MutableHeaders(raw=message["headers"])
        message["headers"] = headers.raw
        framed = page.is_framed and bool(self._behind.frames)
        headers["content-security-policy"] = policy_of(page.nonce, self._behind.frames if framed else ())
        if not framed:
            headers["x-frame-options"] = "DENY"
        elif self._behind.is_secure:
            message["headers"] = [_in_frames(name, value) for name, value in headers.raw]
            headers = MutableHeaders(raw=message["headers"])
        headers["x-content-type-options"] = "nosniff"
        headers["referrer-policy"] = "same-origin"
        headers["cross-origin-opener-policy"] = "same-origin"
        headers["permissions-policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        if self._behind.is_secure:
            headers["strict-transport-security"] = "max-age=31536000"
        if "cache-control" not in headers and "/static/" not in scope["path"]:
            headers["cache-control"] = "no-store"


def policy_of(nonce: str, frames: tuple[str, ...]) -> str:
    """The content security policy: our own files, and the scripts and styles of this very page."""
    ancestors = " ".join(frames) or "'none'"
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
        f"img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        f"manifest-src 'self'; frame-ancestors {ancestors}"
    )


def _in_frames(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """A cookie that a page in a frame of another site gets back; that of this site alone, and in no other's frames."""
    if name.lower() != b"set-cookie":
        return name, value
    return name, SAME_SITE.sub(b"", value) + b"; SameSite=None; Partitioned"


def _comes_from_elsewhere(headers: list[tuple[bytes, bytes]], ours: bytes) -> bool:
    """Whether a browser says so; a site beside ours may know a token, as it can set cookies for both."""
    return any(name == b"origin" and value.lower() != ours for name, value in headers)


def _length(scope: Scope) -> int:
    """What the request announces to send."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value[:12])
    return 0


def _first(accepted: str) -> str | None:
    """The language that a browser would like best."""
    return accepted[:64].split(",", maxsplit=1)[0].split(";", maxsplit=1)[0].strip() or None


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"connection", b"close")]})
    await send({"type": "http.response.body", "body": b""})
