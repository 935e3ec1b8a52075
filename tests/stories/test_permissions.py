"""Every button and command of sellers, out of the registry, is tried by who may not: whatever comes is tried too."""

import types
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from sqlalchemy import select, update

from bot.routing.route import Route
from bot.screens.parts.registry import registry
from bot.screens.routes import join
from bot.sending.button import Button
from db.models import Inventory, Message, Order, Permission, Product, Review, StaffMember, User
from db.models.staff import written
from shop.people.permissions import ALL
from tests.world.clock import START
from tests.world.goods import a_category, a_product
from tests.world.guests import Guest
from tests.world.people import BOB, OLGA, user
from tests.world.shop import OpenShop

ROUTER = join()
OUT_OF_DATE = "This menu is out of date."
AT_ONCE = 8  # taps of one person that are taken at the same time

# What a seller leaves to nobody: whoever adds a route either says which permission it `needs`, or names it here.
OWNERS_ALONE = {
    "staff",
    "log",
    "OpenLog",
    "OpenStaff",
    "OpenMember",
    "SetPermission",
    "AskLetGo",
    "LetMemberGo",
    "ChooseForInvitation",
    "MakeInvitation",
    "OpenInvitations",
    "TakeBackInvitation",
    "OpenDigest",
    "SetDigest",
    "OpenQuiet",
    "ChooseQuiet",
    "SetQuiet",
    "LetOrdersPass",
    "letterhead",
    "OpenLetterhead",
    "WriteLetterhead",
    "ClearLetterhead",
    "SetPrivate",
}


def _named(routes: Mapping[Any, Any]) -> Iterable[tuple[str, Any]]:
    return ((key if isinstance(key, str) else key.__name__, route) for key, route in routes.items())


OWNERS = [
    pytest.param(name, route, id=f"{what}-{name or 'any'}")
    for what, routes in (
        ("command", ROUTER.commands),
        ("button", ROUTER.buttons),
        ("page", ROUTER.pages),
        ("dialog", ROUTER.dialogs),
        ("reply", ROUTER.replies),
        ("caption", ROUTER.captions),
    )
    for name, route in _named(routes)
    if route.audience == "owner"
]


@pytest.mark.parametrize(("name", "route"), OWNERS)
def test_every_route_of_sellers_says_which_permission_it_takes(name: str, route: Route[Any]) -> None:
    assert bool(route.needs) is (name not in OWNERS_ALONE)


@pytest.fixture
async def busy(shop: OpenShop) -> OpenShop:
    """Ann bought Olga's tea, for whom Bob works; Ivan sells something else."""
    async with shop.db.begin() as session:
        await a_product(session, "Green tea", sku="SKU-1", stock=5, category=await a_category(session, "Tea"))
    for guest in (shop.olga, shop.ivan, shop.oscar, shop.bob, shop.eve, shop.ann):
        await guest.says("/start")
    await shop.ann.taps("Catalogue", "Tea", "Green tea", "Add to cart", "Cart", "Check out", "here in the chat")
    assert (await shop.ann.pays()).state == "paid"
    await shop.tick()
    async with shop.db.begin() as session:
        bob, olga = await user(session, BOB), await user(session, OLGA)
        session.add(StaffMember(user_id=bob.id, owner_id=olga.id, permissions="", actor="test", created_at=START))
    return shop


async def test_whoever_may_not_gets_the_answer_for_the_unknown(busy: OpenShop) -> None:
    for kinds in _by_needs().values():
        without = ALL - set(ROUTER.buttons[kinds[0]].needs)
        await _permit(busy, without)
        before = await _olgas(busy)
        for guest in (busy.bob, busy.ann, busy.eve):
            await _are_unknown(busy, guest, [made_up(kind) for kind in kinds])
        await _permit(busy, ALL - without if without != ALL else frozenset())
        assert await _olgas(busy) == before
    before = await _olgas(busy)
    for name, route in ROUTER.commands.items():
        if route.audience == "everyone":
            continue
        await _permit(busy, ALL - set(route.needs))
        tried = (busy.bob, busy.ann, busy.eve) if route.audience == "owner" else (busy.bob, busy.ann, busy.olga)
        for guest in tried:
            await guest.says(f"/{name} 1")
            if name in ROUTER.otherwise:  # what serves them then is for everybody, and moves nothing
                continue
            assert "I do not know this command" in guest.newest, (guest.who.name, name)
    assert await _olgas(busy) == before
    assert busy.incidents() == []
    await busy.keeps_its_promises()


async def test_another_seller_sees_and_moves_nothing_of_hers(busy: OpenShop) -> None:
    before = await _olgas(busy)
    buttons = [made_up(kind) for kind in registry.kinds() if ROUTER.buttons[kind].audience != "everyone"]
    await _forge(busy, busy.ivan, buttons)
    for name, route in ROUTER.commands.items():
        if route.audience == "owner":
            for argument in ("1", "SKU-1 =0", "1 0.01", "@ann"):
                await busy.ivan.says(f"/{name} {argument}")
    await busy.tick()

    assert not busy.ivan.sees("Lindenstraße")
    explained = "/orders Ann"  # an example of how to look for somebody
    told = [message.words.replace(explained, "") for message in busy.ivan.chat.said]
    assert [words for words in told if "Ann" in words] == []
    assert not busy.ivan.sees("Green tea")
    assert await _olgas(busy) == before
    assert busy.incidents() == []
    await busy.keeps_its_promises()


def _by_needs() -> dict[tuple[str, tuple[Permission, ...]], list[type[Button]]]:
    found: dict[tuple[str, tuple[Permission, ...]], list[type[Button]]] = {}
    for kind in registry.kinds():
        route = ROUTER.buttons[kind]
        if route.audience != "everyone":
            found.setdefault((route.audience, route.needs), []).append(kind)
    return found


async def _are_unknown(shop: OpenShop, guest: Guest, buttons: list[str]) -> None:
    seen = len(guest.chat.toasts)
    await _forge(shop, guest, buttons)
    toasts = [toast.text for toast in guest.chat.toasts[seen:]]
    assert toasts == [OUT_OF_DATE] * len(buttons), (guest.who.name, buttons, toasts)


async def _forge(shop: OpenShop, guest: Guest, buttons: list[str]) -> None:
    for start in range(0, len(buttons), AT_ONCE):
        for data in buttons[start : start + AT_ONCE]:
            await guest.forges(data, hurried=True)
        await shop.settle()


async def _permit(shop: OpenShop, permissions: frozenset[Permission]) -> None:
    async with shop.db.begin() as session:
        await session.execute(update(StaffMember).values(permissions=written(permissions)))


async def _olgas(shop: OpenShop) -> list[object]:
    """All that is Olga's to lose, as it stands."""
    tables = (Order, Product, Inventory, Review, Message, StaffMember)
    async with shop.db.read() as session:
        olga = (await session.scalars(select(User.role).where(User.telegram_id == OLGA.telegram_id))).one()
        stand: list[object] = [olga]
        for table in tables:
            columns = [column for column in table.__table__.columns if column.name != "permissions"]
            stand += [tuple(row) for row in await session.execute(select(*columns))]
    return stand


def made_up(kind: type[Button]) -> str:
    """Such a button about the first of everything."""
    hints = get_type_hints(kind)
    return kind(*[_value(hints[name]) for name in kind.__struct_fields__]).pack()


def _value(hint: Any) -> Any:
    if get_origin(hint) in {Union, types.UnionType}:
        hint = next(one for one in get_args(hint) if one is not type(None))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return next(iter(hint))
    return {bool: True, int: 1, str: "x"}[hint]
