"""Small pieces of every page: how it is rendered, what is said on the next one, and what names a form."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette_admin import CustomView
from starlette_admin.flash import flash

from shop.refusals import CannotRead, Refusal
from web.desk.behind import behind, words


def page(request: Request, view: CustomView, name: str, context: dict[str, Any], status: int = 200) -> Response:
    """A page of a view, with what the last one left to be said."""
    assert view._admin is not None  # noqa: S101, SLF001  it serves, so it was added
    return view._admin._template_response(request, name, context, status_code=status)  # noqa: SLF001  the same


def tell(request: Request, said: str) -> None:
    """Say this on the page that comes next."""
    flash(request, said, "success")


def warn(request: Request, said: str) -> None:
    """The same of what did not go well."""
    flash(request, said, "warning")


def explain(request: Request, refusal: Refusal) -> None:
    """Say on the page that comes next why it was not done."""
    if isinstance(refusal, CannotRead) and refusal.data.get("hint") == "empty":
        warn(request, words(request).plain("There is nothing in it yet."))
        return
    warn(request, behind(request).say(words(request), refusal))


@contextmanager
def explained(request: Request, said: str = "", *, only: type[Refusal] = Refusal) -> Iterator[None]:
    """Say on the page that comes next what was done in the block (nothing: it shows), or why it was not.

    `only`: what else is refused goes on to whoever called.
    """
    try:
        yield
    except only as refusal:
        explain(request, refusal)
    else:
        if said:
            tell(request, said)


def to(request: Request, name: str, **parameters: Any) -> Response:
    """On to another page, by its name."""
    return RedirectResponse(request.url_for(f"desk:{name}", **parameters), status_code=303)


def question(
    request: Request,
    view: CustomView,
    *,
    title: str,
    lines: Sequence[str],
    label: str,
    back: object,
    seen: str = "",
    danger: bool = True,
) -> Response:
    """Ask once, and say what would happen; the answer comes back to this address with `sure=1` and what was seen."""
    context = {
        "title": title,
        "lines": lines,
        "label": label,
        "back": back,
        "seen": seen,
        "danger": danger,
        "once": secret(),
    }
    return page(request, view, "sure.html", context)


def secret() -> str:
    """A name for a form that nobody guesses: sent twice, it is known."""
    return secrets.token_urlsafe(12)
