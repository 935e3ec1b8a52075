"""The library's guard against forms of other sites, which leaves no file open that came with a form."""

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette_admin.security.csrf import CSRFMiddleware


class Guard(CSRFMiddleware):
    """Reads a form for its token, and closes it: the page reads it anew."""

    async def _get_submitted_token(self, request: Request) -> str | None:
        try:
            return await super()._get_submitted_token(request)
        finally:
            await request.close()


def guarded(middlewares: list[Middleware], key: str) -> list[Middleware]:
    """The same, with our guard in the library's place. Raises ValueError when the library has none any more."""
    places = [place for place, one in enumerate(middlewares) if getattr(one, "cls", None) is CSRFMiddleware]
    if len(places) != 1:
        raise ValueError("the desk is not guarded against forms of other sites")
    mine = Middleware(Guard, secret_key=key)
    return [mine if place == places[0] else one for place, one in enumerate(middlewares)]
