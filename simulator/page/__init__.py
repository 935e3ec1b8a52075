"""The browser page that shows the chats: one HTML file, plain modules and styles, nothing from other machines."""

import os
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from simulator.stage import Stage

_STATIC = Path(__file__).with_name("static")
# Bots choose the pictures, which may lie anywhere; scripts and styles come from here alone.
# What bots open as apps is shown in frames, which see nothing of this page.
_POLICY = (
    "default-src 'self'; img-src * data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'self'; "
    "frame-src https: http://127.0.0.1:* http://localhost:*"
)


class _Fresh(StaticFiles):
    """Static files that browsers ask about each time, so that a new version is seen at once."""

    def file_response(self, full_path: str | os.PathLike[str], *rest: object, **more: object) -> Response:
        response = super().file_response(full_path, *rest, **more)  # type: ignore[arg-type]  # handed on as they came
        response.headers["cache-control"] = "no-cache"
        return response


async def _index(_: Request) -> Response:
    headers = {"cache-control": "no-cache", "content-security-policy": _POLICY}
    return FileResponse(_STATIC / "index.html", media_type="text/html", headers=headers)


def routes(_: Stage) -> list[BaseRoute]:
    """Return the routes to serve at `/`; `/t.me/…` is where links to a bot lead when they come back from a browser."""
    return [
        Route("/", _index, methods=["GET"]),
        Route("/t.me/{rest:path}", _index, methods=["GET"]),
        Mount("/page", _Fresh(directory=_STATIC)),
    ]
