"""Every kind of dialog, left in every way there is: what is written then is a search, and never an answer.

A dialog that is new finds its scene missing here, and a route that is new is tried by itself.
"""

from enum import StrEnum
from typing import Any, TypeVar, get_args, get_type_hints

import pytest
from sqlalchemy import select

from bot.routing.route import CLOSES, WAITS, Route
from bot.screens.buying.home.going_on import KEYS
from bot.screens.routes import join
from bot.sending.button import Button
from db.models import Dialog, KeptForm, Notification, Order, OrderStatus, User
from tests.bot.screens.selling.test_products_add import a_picture
from tests.world.asked import SCENES, Ask, Stage, set_up
from tests.world.guests import Guest
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database

Way = TypeVar("Way")

ROUTER = join()
KINDS = sorted(ROUTER.dialogs)
NOBODYS = 77  # the id of nothing
FEWEST = 8  # ways that each dialog tries on an ordinary day
TIMES = 2  # by so many dialogs each way is tried at least
SHOPS = 12  # neighbours in the alphabet, who are about the same thing, are asked in different ones
TOGETHER = [KINDS[first::SHOPS] for first in range(SHOPS)]
LENGTHS = [False, pytest.param(True, marks=pytest.mark.nightly)]  # each dialog tries its share of the ways, or all


def its_share(ways: list[Way], kind: str, *, everything: bool) -> list[Way]:
    """The ways that this dialog tries: neighbours of each other, and each dialog's begin where the last one's end."""
    if everything:
        return ways
    size = min(len(ways), max(FEWEST, -(-TIMES * len(ways) // len(KINDS))))
    first = KINDS.index(kind) * size
    return [ways[(first + step) % len(ways)] for step in range(size)]


def a_button(kind: type[Button]) -> str:
    """Such a button, about nothing."""
    hints = get_type_hints(kind)
    return kind(**{name: _something(hints[name]) for name in kind.__struct_fields__}).pack()


def _something(kind: Any) -> object:
    options = [option for option in get_args(kind) if option is not type(None)]
    kind = options[0] if options else kind
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return next(iter(kind))
    return True if kind is bool else NOBODYS if kind is int else "xx"


class Asked:
    """Somebody who is asked again and again, and goes elsewhere each time."""

    def __init__(self, stage: Stage, kind: str) -> None:
        name, self.ask = SCENES[kind]
        self.stage, self.kind = stage, kind
        self.who: Guest = getattr(stage.shop, name)
        self.is_seller = name != "ann"

    async def row(self) -> Dialog | None:
        async with self.stage.shop.db.read() as session:
            return await session.scalar(select(Dialog).join(User).where(User.telegram_id == self.who.id))

    async def waits(self) -> bool:
        async with self.stage.shop.db.read() as session:
            kept = select(KeptForm.kind).join(User).where(User.telegram_id == self.who.id, KeptForm.kind == self.kind)
            return await session.scalar(kept) is not None

    async def is_asked(self) -> Dialog:
        return await self.is_asked_by(self.ask)

    async def is_asked_by(self, ask: Ask) -> Dialog:
        await ask(self.stage, self.who)
        row = await self.row()
        assert row is not None
        assert (row.kind, row.message_id) == (self.kind, self.who.screen.message_id)
        return row

    async def has_left(self, before: Dialog, route: Route[Any] | None, way: str) -> None:
        after = await self.row()
        if route is not None and route.asks is not None and after is not None:
            assert after.kind == route.asks, way
            assert (after.update_id or 0) > (before.update_id or 0), way
            await self.who.says("/help")
        else:
            assert after is None, way
        assert await self.waits() == (ROUTER.dialogs[self.kind].leaves == WAITS), way
        await self.who.says("teapot")
        assert "Nothing found for “teapot”" in self.who.newest, way


@pytest.fixture
async def stage(shop: OpenShop) -> Stage:
    return await set_up(shop)


async def nothing_happened(shop: OpenShop) -> None:
    async with shop.db.read() as session:
        orders = list(await session.scalars(select(Order).order_by(Order.id)))
    assert [order.status for order in orders] == [OrderStatus.PROCESSING, OrderStatus.COMPLETED, OrderStatus.PENDING]
    assert all(order.tracking is None and order.note is None and order.cancel_reason is None for order in orders)
    await shop.keeps_its_promises()


@pytest.mark.parametrize("everything", LENGTHS)
@pytest.mark.parametrize("kinds", TOGETHER, ids=" ".join)
async def test_what_was_asked_ends_in_every_way_that_leads_elsewhere(
    stage: Stage, kinds: list[str], everything: bool
) -> None:
    """One story for several dialogs: opening the shop and bringing it so far costs as much as all the ways of one."""
    for kind in kinds:
        asked = Asked(stage, kind)
        await a_picture_is_no_answer(asked)
        await commands_and_links_end_it(asked, everything=everything)
        await buttons_end_it(asked, everything=everything)
        await a_reply_another_phone_and_a_caption_end_it(asked)
        await nothing_happened(stage.shop)
    for kind in kinds:
        await an_hour_ends_it(Asked(stage, kind))


async def commands_and_links_end_it(asked: Asked, *, everything: bool) -> None:
    ways: list[tuple[str, Route[Any] | None]] = [(f"/{name}", route) for name, route in ROUTER.commands.items()]
    ways += [(f"/start {prefix}1", route) for prefix, route in ROUTER.deep_links.items()]
    ways += [("/start", None), ("/START@test_shop_bot", None), ("/no_such_command", None)]
    for way, route in its_share(ways, asked.kind, everything=everything):
        before = await asked.is_asked()
        await asked.who.says(way)
        await asked.has_left(before, route, way)


async def buttons_end_it(asked: Asked, *, everything: bool) -> None:
    """Unless they belong to the question."""
    for button, route in its_share(list(ROUTER.buttons.items()), asked.kind, everything=everything):
        if route.stays or route.within == asked.kind:
            continue
        before = await asked.is_asked()
        await asked.who.forges(a_button(button))
        after = await asked.row()
        opened = (route.asks, route.within)  # a key of a form that waits goes on with it
        assert after is None or (after.kind in opened and after.update_id != before.update_id), button
    before = await asked.is_asked()
    await asked.who.forges("no such button")
    await asked.has_left(before, None, "a stranger's button")


async def a_reply_another_phone_and_a_caption_end_it(asked: Asked) -> None:
    shop = asked.stage.shop
    older = next(message for message in asked.who.chat.said if message.keyboard)
    async with shop.db.begin() as session:
        person = (await session.scalars(select(User).where(User.telegram_id == asked.who.id))).one()
        told = Notification(
            user_id=person.id,
            kind="",
            data={"order_id": 1, "message_id": NOBODYS},
            dedupe_key=f"told in {asked.kind}",
            run_at=shop.clock.now(),
            sent_at=shop.clock.now(),
            attempts=1,
            message_id=older.message_id,
            created_at=shop.clock.now(),
        )
        session.add(told)
    for told_of, route in ROUTER.replies.items():
        if route.audience == "everyone" or asked.is_seller:
            async with shop.db.begin() as session:
                (await session.get_one(Notification, told.id)).kind = told_of
            before = await asked.is_asked()
            await asked.who.says("kettle", reply_to=older)
            await asked.has_left(before, route, f"a reply to {told_of}")
    before = await asked.is_asked()
    await asked.who.forges("h", on=older)
    await asked.has_left(before, None, "another phone")
    if asked.is_seller and ROUTER.dialogs[asked.kind].takes == "text":
        before = await asked.is_asked()
        await asked.who.shows_photo(a_picture(), "no product at all")
        await asked.has_left(before, None, "a picture with a caption")


async def a_picture_is_no_answer(asked: Asked) -> None:
    """A bare picture is asked about again; and of the product's form it is the new picture, whatever was asked."""
    kind = asked.kind
    if ROUTER.dialogs[kind].takes != "text" or kind == "sure":  # pictures too, or nothing but its keys
        return
    if kind == "edit_product":
        before = await asked.is_asked_by(lambda _stage, who: who.says("/price TEA"))
    else:
        before = await asked.is_asked()
    question = asked.who.text.split("\n\n")[-1]

    await asked.who.shows_photo(a_picture())
    after = await asked.row()

    if kind == "edit_product":
        assert "Changed" in asked.who.text  # a bare picture is the new picture, whatever was asked
        return
    assert after is not None
    assert (after.kind, after.step) == (kind, before.step)
    assert question in asked.who.text
    assert "Please write it" in asked.who.text or kind == "appoint"


async def an_hour_ends_it(asked: Asked) -> None:
    if ROUTER.dialogs[asked.kind].leaves == WAITS:
        return
    await asked.is_asked()
    await asked.stage.shop.passes(minutes=16)
    await asked.who.says("teapot")
    assert "Nothing found for “teapot”" in asked.who.newest
    after = await asked.row()  # it may be sent to somebody
    assert after is None or (after.kind, after.step) == ("problem", "draft")


def test_every_dialog_says_who_asks_it_and_what_waits_is_offered_again() -> None:
    tables = (ROUTER.commands, ROUTER.buttons, ROUTER.deep_links, ROUTER.replies, ROUTER.texts)
    routes: list[Route[Any]] = [route for table in tables for route in table.values()]
    assert {route.asks for route in routes if route.asks} == set(KINDS)
    assert {route.within for route in routes if route.within} <= set(KINDS)
    assert {kind for kind in KINDS if ROUTER.dialogs[kind].leaves == WAITS} == set(KEYS)
    assert {manners.leaves for manners in ROUTER.dialogs.values()} == {CLOSES, WAITS}
    assert set(SCENES) == set(KINDS)
