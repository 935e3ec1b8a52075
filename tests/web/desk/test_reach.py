"""Which pages of the desk a member of staff reaches with one permission: every route is in the table, or this fails."""

from collections.abc import Awaitable, Callable

import pytest
from starlette.types import ASGIApp

from db.models import Permission, User
from db.session import Database
from tests.web.desk.conftest import TOKEN, URL, Browser
from tests.web.desk.test_every_route import OPEN, routes
from tests.web.desk.test_orders import permitted, signed_in

pytestmark = pytest.mark.one_database
Opens = Callable[[], Browser]
Links = Callable[[str], Awaitable[str]]

ORDERS, MONEY, CATALOGUE = Permission.ORDERS, Permission.MONEY, Permission.CATALOGUE
STOCK, PROMOTION = Permission.STOCK, Permission.PROMOTION
EVERYBODY = frozenset(Permission)
OWNERS: frozenset[Permission] = frozenset()  # no member of staff
# by the beginning of the route's name: who gets past the door with this alone; the use cases ask for more
REACH: dict[str, frozenset[Permission]] = {
    "index": EVERYBODY,
    "account": EVERYBODY,
    "order-words": frozenset({ORDERS}),
    "order-note": frozenset({ORDERS}),
    "order-answer": frozenset({ORDERS}),
    "orders-sent": frozenset({ORDERS}),
    "order": frozenset({ORDERS, MONEY}),
    "customer": frozenset({ORDERS}),
    "review": frozenset({ORDERS}),
    "product-new": frozenset({CATALOGUE}),
    "product-languages": frozenset({CATALOGUE}),
    "product-keys": frozenset({STOCK}),
    "key": frozenset({STOCK, ORDERS}),
    "product": frozenset({CATALOGUE, STOCK, PROMOTION}),
    "categor": frozenset({CATALOGUE}),
    "promotion": frozenset({PROMOTION}),
    "broadcast": frozenset({PROMOTION}),
    "list": OWNERS,  # goods and stock at once
    "money": frozenset({MONEY}),
    "log": OWNERS,
}


def reach_of(name: str) -> frozenset[Permission]:
    """The longest beginning that is named. Raises KeyError: a new route is to be named here."""
    known = [begin for begin in REACH if name.startswith(begin)]
    if not known:
        raise KeyError(name)
    return REACH[max(known, key=len)]


@pytest.mark.parametrize("permission", [*Permission])
async def test_a_permission_opens_its_pages_and_no_others(
    desk: ASGIApp,
    browser: Opens,
    link_of: Links,
    database: Database,
    people: dict[str, User],
    permission: Permission,
) -> None:
    bob = await signed_in(browser, link_of, "Bob")
    await permitted(database, people, permission)
    token = TOKEN.search((await bob.get("/account")).text)
    assert token is not None
    seen = 0
    for name, method, path in routes(desk):
        if name in OPEN | {"logout"} or "nothing" in path or path.startswith("/_files"):  # nobody's, or the library's
            continue
        may = permission in reach_of(name)
        if may and method != "GET":
            continue
        answer = await bob.http.request(method, f"{URL}{path}", headers={"x-csrftoken": token[1]})
        if may:
            assert answer.status_code in {200, 303, 404, 409, 422}, (name, path, answer.status_code)
        else:
            assert answer.status_code == 403, (name, method, path, answer.status_code)
        seen += 1
    assert seen > 20
