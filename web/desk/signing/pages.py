"""The pages of signing in: by name and password, by a link out of the chat, and the account itself."""

from functools import partial
from typing import Any
from urllib.parse import unquote

from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from db.models import User
from shop.desk import account, links, sessions, signing_in
from shop.desk.signing_in import LONGEST_NAME, TooManyTries
from shop.forms.writing import one_line
from shop.refusals import CannotRead
from web.desk.behind import behind, present, words
from web.desk.signing import cookies, saying

LONGEST_LINK = 64  # letters of a link's secret


def routes(templates: Jinja2Templates) -> list[Route]:
    """The pages, and the doors behind their forms."""
    return [
        Route("/login", partial(_login, templates), methods=["GET", "POST"], name="login"),
        Route("/logout", _logout, methods=["POST"], name="logout"),
        Route("/in/{secret}", partial(_link, templates), methods=["GET", "POST"], name="link"),
        Route("/account", partial(_account, templates), methods=["GET", "POST"], name="account"),
    ]


async def _login(templates: Jinja2Templates, request: Request) -> Response:
    """A name and a password."""
    if request.scope["desk"].present is not None:
        return _home(request)
    if request.method != "POST":
        return _page(templates, request, "sign_in.html")
    form = await request.form()
    desk = behind(request)
    name = one_line(str(form.get("name", ""))[:LONGEST_NAME])
    came = await signing_in.by_password(
        desk.db,
        name,
        str(form.get("password", "")),
        address=cookies.address_of(request),
        lasting=desk.lasting,
        operators=desk.policy().operators,
        clock=desk.clock,
    )
    if isinstance(came, str):
        return await _enter(request, came, _next(request))
    spoken = words(request)
    if isinstance(came, TooManyTries):
        wrong, status = saying.too_many(spoken, came), 429
    else:
        wrong, status = saying.wrong(spoken), 401
    return _page(templates, request, "sign_in.html", {"wrong": wrong, "name": name}, status)


async def _link(templates: Jinja2Templates, request: Request) -> Response:
    """A link out of the chat: looking at it signs nobody in, so that a preview or a scanner does not use it up."""
    desk, now = behind(request), behind(request).now()
    secret = str(request.path_params["secret"])[: LONGEST_LINK + 1]
    if request.method != "POST":
        async with desk.db.read() as session:
            user_id = await links.whose(session, secret, now=now)
            name = None if user_id is None else await session.scalar(select(User.name).where(User.id == user_id))
        if user_id is None:
            return _page(templates, request, "link.html", {"over": True}, 404)
        return _page(templates, request, "link.html", {"over": False, "name": name or "?"})
    operators = desk.policy().operators
    cookie = await desk.db.transact(
        lambda session: signing_in.by_link(session, secret, desk.lasting, operators=operators, now=now)
    )
    if cookie is None:
        return _page(templates, request, "link.html", {"over": True}, 404)
    return await _enter(request, cookie, str(request.url_for("desk:account")))


async def _enter(request: Request, cookie: str, where: str) -> Response:
    """Another session than before: whoever knew the old cookie is not signed in by it."""
    if old := cookies.cookie_of(request):
        await behind(request).db.transact(lambda session: sessions.end(session, old))
    return cookies.sign_in(request, RedirectResponse(where, status_code=303), cookie)


async def _logout(request: Request) -> Response:
    cookie = cookies.cookie_of(request)
    await behind(request).db.transact(lambda session: sessions.end(session, cookie))
    return cookies.sign_out(request, RedirectResponse(request.url_for("desk:login"), status_code=303))


async def _account(templates: Jinja2Templates, request: Request) -> Response:
    """E-mail and password, set by the person themselves."""
    who, desk, spoken = present(request), behind(request), words(request)
    asks_before = who.signs_in_alone and not who.is_fresh(desk.now())
    about: dict[str, Any] = {"email": who.email or "", "who": who, "asks_before": asks_before}
    if request.method != "POST":
        return _page(templates, request, "account.html", about)
    form = await request.form()
    about["email"] = one_line(str(form.get("email", ""))[:LONGEST_NAME])
    text = str(form.get("password", ""))
    if text != str(form.get("again", "")):
        wrong = {"again": saying.account(spoken, {"hint": "other"})}
        return _page(templates, request, "account.html", about | {"wrong": wrong}, 422)
    try:
        cookie = await account.set_password(
            desk.db,
            who,
            email=about["email"],
            text=text,
            before=str(form.get("before", "")),
            address=cookies.address_of(request),
            lasting=desk.lasting,
            clock=desk.clock,
        )
    except CannotRead as refusal:
        wrong = {refusal.data["field"]: saying.account(spoken, refusal.data)}
        return _page(templates, request, "account.html", about | {"wrong": wrong}, 422)
    if isinstance(cookie, TooManyTries):
        wrong = {"before": saying.too_many(spoken, cookie)}
        return _page(templates, request, "account.html", about | {"wrong": wrong}, 429)
    return cookies.sign_in(request, RedirectResponse(request.url_for("desk:index"), status_code=303), cookie)


def _page(
    templates: Jinja2Templates, request: Request, name: str, about: dict[str, Any] | None = None, status: int = 200
) -> Response:
    context = {"title": behind(request).policy().shop_name, "wrong": None, "name": "", **(about or {})}
    return templates.TemplateResponse(request, name, context, status_code=status)


def _home(request: Request) -> Response:
    return RedirectResponse(request.url_for("desk:index"), status_code=303)


def _next(request: Request) -> str:
    """Where the person wanted to go, if that is at this desk."""
    wanted, desk = request.query_params.get("next", ""), behind(request)
    plain = unquote(wanted)  # a browser reads %2e%2e as ..
    inside = wanted.startswith(desk.url + "/") and "\\" not in plain and ".." not in plain
    return wanted if inside else str(request.url_for("desk:index"))
