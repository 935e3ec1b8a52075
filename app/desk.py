"""The desk behind its address: built when the first browser comes, so that a shop without one pays nothing."""

import asyncio
import hashlib
import hmac
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

from app.assemble import Storefront
from app.config import require_token
from bot.routing.refusals import say
from bot.screens.selling.log.views import line
from bot.words import words_for
from shop.desk.lasting import Lasting
from shop.policy import Policy


class LateDesk:
    """An ASGI application that becomes the desk with its first request; loading it takes a second, in a thread."""

    def __init__(self, shop: Storefront, url: str, closing: asyncio.Event) -> None:
        self._shop = shop
        self._closing = closing
        self._url = url
        self._desk: ASGIApp | None = None
        self._building = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if self._desk is None:
            async with self._building:
                if self._desk is None:
                    self._desk = await asyncio.to_thread(self._build)
        await self._desk(scope, receive, send)

    def _build(self) -> ASGIApp:
        from web.desk.admin import create  # noqa: PLC0415  the library and its templates take their time
        from web.desk.behind import Behind  # noqa: PLC0415  the same
        from web.desk.signing.init_data import app_key  # noqa: PLC0415  the same

        shop, settings = self._shop, self._shop.config.desk

        def policy() -> Policy:
            return shop.policy

        return create(
            Behind(
                db=shop.db,
                clock=shop.clock,
                policy=policy,
                providers=shop.providers,
                words=lambda language: words_for(language, shop.policy.timezone),
                say=say,  # type: ignore[arg-type]  # its words are what words_for gave
                done=line,  # type: ignore[arg-type]  # the same
                url=self._url,
                closing=self._closing,
                key=lambda: key(require_token(shop.config)),
                app_key=lambda: app_key(require_token(shop.config)),
                told_within=settings.opened,
                media=Path(shop.config.shop.media),
                lasting=Lasting(settings.idle, settings.longest),
                proxies=settings.proxies,
                frames=settings.frames,
            )
        )


def key(token: str) -> bytes:
    """What signs forms: known to every replica, and telling nothing about the token that it is made from."""
    return hmac.digest(token.encode(), b"storefront desk", hashlib.sha256)
