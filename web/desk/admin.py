"""The desk as one ASGI application: the library's pages with our views, under our policy and our words."""

from collections.abc import Awaitable, Callable

import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp
from starlette_admin import BaseAdmin
from starlette_admin.theme import DefaultTheme, TablerSettings

from shop.refusals import Conflict, Invalid, NotFound, NotPermitted, Refusal
from web.desk import templates
from web.desk.behind import Behind, behind, words
from web.desk.csrf import guarded
from web.desk.door import Door
from web.desk.live import Live
from web.desk.overview.pages import Overview
from web.desk.pages import VIEWS
from web.desk.signing.provider import Door as SignedIn

STATUS: tuple[tuple[type[Refusal], int], ...] = ((NotFound, 404), (NotPermitted, 403), (Conflict, 409), (Invalid, 422))

log = structlog.get_logger()


def create(desk: Behind) -> ASGIApp:
    """The desk, to be mounted where no path is taken from what it is asked for: it knows its own."""
    admin = BaseAdmin(
        title="",
        base_url=desk.path,
        route_name="desk",
        templates_dir=str(templates.OWN),
        additional_loaders=[templates.loader()],
        static_dir=str(templates.OWN.parent / "static"),
        index_view=Overview(),
        theme=DefaultTheme(TablerSettings(base="stone", primary="teal", radius=1)),
        auth_provider=SignedIn(),
        secret_key=desk.key().hex(),
        timezone_config=None,
    )
    globals_ = admin.templates.env.globals
    globals_["shop_name"] = lambda: desk.policy().shop_name
    globals_["spoken"] = words
    for view in VIEWS:
        admin.add_view(view())
    admin.middlewares = guarded(list(admin.middlewares), desk.key().hex())
    outer = Starlette(routes=[Live(desk).route()])
    admin.mount_to(outer)
    admin.app.add_exception_handler(Refusal, _refused(admin))
    admin.app.add_exception_handler(Exception, _broken)
    return Door(outer, desk)


def _refused(admin: BaseAdmin) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def refused(request: Request, refusal: Exception) -> Response:
        """A page that says no, with a way back."""
        assert isinstance(refusal, Refusal)  # noqa: S101  what the handler is registered for
        status = next((status for kind, status in STATUS if isinstance(refusal, kind)), 400)
        said = behind(request).say(words(request), refusal)
        return admin.templates.TemplateResponse(request, "refused.html", {"said": said}, status_code=status)

    return refused


async def _broken(request: Request, error: Exception) -> Response:
    """Say nothing about the inside."""
    log.error("desk_failed", path=request.url.path, error=type(error).__name__, exc_info=error)
    return PlainTextResponse(words(request).plain("Something broke here. Please try again."), status_code=500)
