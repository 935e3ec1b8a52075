"""What stands behind the desk: handed in by whoever assembles the shop."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct, field
from starlette.exceptions import HTTPException
from starlette.requests import Request

from db.session import Database
from shop.clock import Clock
from shop.desk.lasting import Lasting
from shop.desk.sessions import Present
from shop.figures import Remembered
from shop.people.log import Done
from shop.policy import Policy
from shop.ports import Provider
from shop.refusals import Refusal
from web.desk.words import Words


class Behind(Struct, frozen=True, kw_only=True):
    """The shop as the desk sees it; `key` signs what browsers bring back (forms, messages of one page to the next)."""

    db: Database
    clock: Clock
    policy: Callable[[], Policy]
    providers: Mapping[str, Provider]
    words: Callable[[str | None], Words]  # by the language of a person
    say: Callable[[Words, Refusal], str]  # a refusal, in words
    done: Callable[[Words, Done], str]  # what somebody did, as HTML with nothing of theirs unescaped
    url: str  # of the desk, as browsers reach it, without a slash at the end
    key: Callable[[], bytes]
    # by which Telegram signs who opens the desk; None: it is not opened there
    app_key: Callable[[], bytes] | None = None
    told_within: timedelta = timedelta(minutes=10)  # so long ago may Telegram have said so
    media: Path | None = None  # the folder of pictures; None: photos are not uploaded here
    lasting: Lasting = Lasting()
    closing: asyncio.Event = field(default_factory=asyncio.Event)  # set when the server is about to close
    proxies: int = 0  # that stand before it
    sums: Remembered = field(default_factory=Remembered)  # of sales, for the chart of the first page
    frames: tuple[str, ...] = ()  # origins that may show it in a frame

    @property
    def path(self) -> str:
        """Where it is mounted."""
        return urlsplit(self.url).path

    @property
    def is_secure(self) -> bool:
        """Whether browsers reach it by https: everywhere but on the machine itself."""
        return self.url.startswith("https://")

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        return self.clock.now()

    @property
    def cookie(self) -> str:
        """The name of the cookie; one of `__Host-` is set by this host alone, for https, for every path."""
        return "__Host-desk" if self.is_secure else "desk"


def behind(request: Request) -> Behind:
    """The shop behind the desk that serves this request."""
    found: Behind = request.scope["desk"].behind
    return found


def present(request: Request) -> Present:
    """Who is signed in. Raises HTTPException 403 for nobody: no page of the desk is for strangers."""
    found: Present | None = request.scope["desk"].present
    if found is None:
        raise HTTPException(403)
    return found


def words(request: Request) -> Words:
    """The words of whoever reads the answer."""
    spoken: Words = request.scope["desk"].words
    return spoken
