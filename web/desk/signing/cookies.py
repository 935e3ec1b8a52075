"""The cookie of a session, and the address that a browser has."""

from starlette.requests import Request
from starlette.responses import Response

from web.desk.behind import Behind, behind


def sign_in(request: Request, response: Response, value: str) -> Response:
    """Have the browser keep the cookie: no script reads it, no other site sends it along with a form."""
    desk = behind(request)
    response.set_cookie(
        desk.cookie,
        value,
        max_age=int(desk.lasting.longest.total_seconds()),
        path="/",
        secure=desk.is_secure,
        httponly=True,
        samesite="lax",
    )
    return response


def sign_out(request: Request, response: Response) -> Response:
    """Have the browser forget it, and what it kept of our pages."""
    desk = behind(request)
    response.delete_cookie(desk.cookie, path="/", secure=desk.is_secure, httponly=True, samesite="lax")
    response.headers["clear-site-data"] = '"cache"'
    return response


def cookie_of(request: Request) -> str:
    """What the browser brought; empty without one."""
    return request.cookies.get(behind(request).cookie, "")


def address_of(request: Request) -> str:
    """Where the browser is, as far as our own proxies say so."""
    desk: Behind = behind(request)
    direct = request.client.host if request.client else ""
    if not desk.proxies:
        return direct
    forwarded = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
    return forwarded[-desk.proxies] if len(forwarded) >= desk.proxies else direct
