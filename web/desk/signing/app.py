"""The door for those whom Telegram brings: it opens the desk in a frame, and says who they are."""

from functools import partial

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from shop.desk import sessions, signing_in
from web.desk.behind import behind, words
from web.desk.signing import cookies
from web.desk.signing.init_data import NotFromTelegram, read

log = structlog.get_logger()


def routes(templates: Jinja2Templates) -> list[Route]:
    """The page that Telegram opens, and where it sends what Telegram said."""
    return [Route("/app", partial(_app, templates), methods=["GET", "POST"], name="app")]


async def _app(templates: Jinja2Templates, request: Request) -> Response:
    """Look at what Telegram said. Who is signed in already is not asked for: somebody else may hold the phone now."""
    desk, spoken = behind(request), words(request)
    if desk.app_key is None:
        raise HTTPException(404)
    request.scope["desk"].is_framed = True
    if request.method != "POST":
        return _page(templates, request)
    form = await request.form()
    try:
        telegram_id = read(str(form.get("told", "")), desk.app_key(), longest=desk.told_within, now=desk.now())
    except NotFromTelegram as refusal:
        log.warning("desk_app_refused", why=str(refusal), address=cookies.address_of(request))
        wrong = spoken.plain("This page was open for too long. Close it, and open it again from the chat.")
        return _page(templates, request, wrong, 401)
    cookie = await desk.db.transact(
        lambda session: signing_in.by_telegram(
            session, telegram_id, desk.lasting, operators=desk.policy().operators, now=desk.now()
        )
    )
    if old := cookies.cookie_of(request):
        await desk.db.transact(lambda session: sessions.end(session, old))
    if cookie is None:
        return _page(templates, request, spoken.plain("The desk is for those who sell here."), 403)
    return cookies.sign_in(request, RedirectResponse(request.url_for("desk:index"), status_code=303), cookie)


def _page(templates: Jinja2Templates, request: Request, wrong: str | None = None, status: int = 200) -> Response:
    context = {"title": behind(request).policy().shop_name, "wrong": wrong}
    return templates.TemplateResponse(request, "app.html", context, status_code=status)
