"""Tells the library who is signed in, and what nobody needs to be signed in for."""

from starlette.requests import Request
from starlette.routing import Route
from starlette.templating import Jinja2Templates
from starlette_admin.auth import AdminUser, BaseAuthProvider
from starlette_admin.i18n import set_locale

from web.desk.behind import words
from web.desk.signing import app, pages


class Door(BaseAuthProvider):
    """Who is there was found out by web/desk/door.py, before the library saw the request."""

    def __init__(self) -> None:
        super().__init__(allow_routes=("link", "app"))

    async def authenticate(self, request: Request) -> AdminUser | None:
        """The person in the corner of the page; None sends to the page where one signs in."""
        set_locale(words(request).language)  # the library's own labels; English for a language that it does not speak
        present = request.scope["desk"].present
        return None if present is None else AdminUser(username=present.name)

    def get_routes(self, templates: Jinja2Templates) -> list[Route]:
        """The pages of signing in."""
        return [*pages.routes(templates), *app.routes(templates)]
