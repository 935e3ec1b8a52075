"""Every button and command, out of the registry, is tried in a group and about one: by who may not, and who might."""

import pytest
from sqlalchemy import select, update

from bot.routing.in_groups import ACTS
from bot.screens.parts.registry import registry
from bot.screens.selling.chats.buttons import SetNews, SetPrivate
from bot.screens.selling.orders.buttons import ConfirmMoney, ShipSale
from bot.screens.selling.staff.buttons import AskLetGo, SetPermission
from bot.sending.button import Button
from db.models import (
    Inventory,
    Message,
    Order,
    Permission,
    Post,
    Product,
    Review,
    StaffChat,
    StaffMember,
)
from db.models.staff import written
from shop.orders.reading import SEEING
from shop.people.permissions import ALL
from simulator.acts.rooms import Room
from tests.stories.test_an_order import BERLIN, bought, opened, placed
from tests.stories.test_permissions import ROUTER, made_up
from tests.stories.test_staff_group import NOT_YOURS, about, connected
from tests.stories.test_stale_keys import cash_placed
from tests.world.clock import START
from tests.world.guests import Guest
from tests.world.people import BOB, OLGA, user
from tests.world.shop import OpenShop

AT_ONCE = 16  # taps of one person that are taken at the same time
HERE: tuple[type[Button], ...] = (*ACTS, SetNews, SetPrivate)  # the buttons that do something in a group
MOVED_ON = "This order has moved on meanwhile."
TALK = "Who makes tea?"  # what people write to one another


@pytest.fixture
async def staffed(shop: OpenShop) -> Room:
    """Olga's staff group, in which a new order stands that waits for cash; Bob works for her."""
    for guest in (shop.bob, shop.ivan, shop.oscar, shop.eve):
        await guest.says("/start")
    room = await connected(shop, shop.olga, "Orders")
    room.join(BOB.telegram_id)
    await cash_placed(shop)
    await employ(shop, ALL)
    return room


async def employ(shop: OpenShop, permissions: frozenset[Permission]) -> None:
    """Bob works for Olga, and may do this and nothing else."""
    async with shop.db.begin() as session:
        bob, olga = await user(session, BOB), await user(session, OLGA)
        known = await session.get(StaffMember, bob.id)
        if known is None:
            session.add(StaffMember(user_id=bob.id, owner_id=olga.id, permissions="", actor="test", created_at=START))
        await session.flush()
        await session.execute(update(StaffMember).values(permissions=written(permissions)))


async def let_go(shop: OpenShop, user_id: int) -> None:
    """Olga has them work for her no more."""
    await shop.olga.forges(AskLetGo(user_id).pack())
    await shop.olga.taps("Yes, let go")
    async with shop.db.read() as session:
        assert (await session.scalars(select(StaffMember))).all() == []


async def standing(shop: OpenShop) -> list[object]:
    """All that could be moved, as it stands."""
    found: list[object] = []
    async with shop.db.read() as session:
        for table in (Order, Product, Inventory, Review, Message, StaffChat, Post):
            found += [tuple(row) for row in await session.execute(select(*table.__table__.columns))]
        found += [tuple(row) for row in await session.execute(select(StaffMember.user_id, StaffMember.owner_id))]
    return found


def shown(room: Room) -> list[tuple[str, list[str]]]:
    """All that the shop has in the group."""
    return [(message.words, message.labels) for message in room.group.said]


async def forged(shop: OpenShop, room: Room, guest: Guest, buttons: list[str], on: int) -> set[str]:
    """What is shown over such keys, tapped in the group."""
    seen = len(room.toasts(guest.id))
    for start in range(0, len(buttons), AT_ONCE):
        for data in buttons[start : start + AT_ONCE]:
            room.tap_data(guest.id, data, message_id=on)
        await shop.settle()
    toasts = room.toasts(guest.id)[seen:]
    assert len(toasts) == len(buttons)
    return {toast.text for toast in toasts}


def every_button(*, but: tuple[type[Button], ...] = ()) -> list[str]:
    """Each about the first of everything, as a client may make it up."""
    made = []
    for kind in registry.kinds():
        if kind not in but:
            made += [made_up(kind), f"{kind.prefix}:1", f"{kind.prefix}:1:1"]
    return made


def needed(pressed: Button) -> frozenset[Permission] | None:
    """What staff must be permitted for a key that works in a group; None: it is the seller's alone."""
    if isinstance(pressed, SetNews):
        return frozenset({Permission.ORDERS, Permission.MONEY if pressed.kind == "money" else Permission.ORDERS})
    needs = ROUTER.buttons[type(pressed)].needs
    return frozenset(needs) if needs else None


def keys_of_a_group() -> list[Button]:
    """All that do something there, in every sense."""
    made = [pressed for kind in ACTS if (pressed := registry.unpack(made_up(kind))) is not None]
    made += [SetNews(1, kind, on=on) for kind in ("orders", "money", "questions", "reviews") for on in (True, False)]
    return [*made, SetPrivate(1, on=True), SetPrivate(1, on=False)]


async def test_no_other_button_does_anything_in_a_group_whoever_taps_it(shop: OpenShop, staffed: Room) -> None:
    order = about(staffed, "New order")
    before, seen = await standing(shop), shown(staffed)
    for guest in (shop.eve, shop.ann, shop.ivan, shop.bob, shop.olga, shop.oscar):
        private = [message.words for message in guest.chat.said]
        assert await forged(shop, staffed, guest, every_button(but=HERE), order.message_id) == {NOT_YOURS}
        assert [message.words for message in guest.chat.said] == private
    assert await standing(shop) == before
    assert shown(staffed) == seen
    assert shop.incidents() == []


async def test_each_key_of_a_group_says_no_to_staff_without_its_permission(shop: OpenShop, staffed: Room) -> None:
    order = about(staffed, "New order")
    for permissions in [ALL - {missing} for missing in Permission] + [frozenset({only}) for only in Permission]:
        await employ(shop, permissions)
        forbidden = [key for key in keys_of_a_group() if (wanted := needed(key)) is None or not wanted <= permissions]
        before, seen = await standing(shop), shown(staffed)
        told = await forged(shop, staffed, shop.bob, [key.pack() for key in forbidden], order.message_id)
        told -= {MOVED_ON} if permissions & set(SEEING) else set()  # who may see the order is told how it stands
        assert told <= {NOT_YOURS, "You may not do this here. Please ask the seller."}, permissions
        assert await standing(shop) == before, permissions
        assert shown(staffed) == seen
    assert shop.incidents() == []
    await employ(shop, frozenset({Permission.MONEY}))
    staffed.tap_data(shop.bob.id, ConfirmMoney(1).pack(), message_id=order.message_id)
    await shop.settle()
    assert staffed.toasts(shop.bob.id)[-1].text == "Done."
    await employ(shop, frozenset({Permission.ORDERS}))
    staffed.tap_data(shop.bob.id, ShipSale(1, untracked=True).pack(), message_id=order.message_id)
    await shop.settle()
    assert staffed.toasts(shop.bob.id)[-1].text == "Done."
    await shop.keeps_its_promises()


async def test_no_command_is_answered_in_a_group_but_to_who_may(shop: OpenShop, staffed: Room) -> None:
    before, seen = await standing(shop), shown(staffed)
    names = sorted({*ROUTER.commands, *ROUTER.guessed, *ROUTER.group_commands, "start"})
    links = [f"start {prefix}1" for prefix in ROUTER.deep_links]
    lines = [f"/{name} {argument}".strip() for name in names for argument in ("", "1", "orders", "money", "TEA =0")]
    for guest, own in ((shop.eve, False), (shop.ann, False), (shop.ivan, False), (shop.bob, False), (shop.olga, True)):
        await employ(shop, ALL - {Permission.ORDERS})
        private = len(guest.chat.said)
        for line in [*lines, *(f"/{link}" for link in links), TALK]:
            if own and line.split()[0][1:] in ROUTER.group_commands:
                continue
            staffed.send(guest.id, line)
        await shop.settle()
        assert shown(staffed) == seen, guest.who.name
        assert len(guest.chat.said) == private
    assert await standing(shop) == before
    assert shop.incidents() == []


@pytest.mark.parametrize("missing", list(Permission))
async def test_a_group_of_staff_hears_what_they_may_read(shop: OpenShop, missing: Permission) -> None:
    await opened(shop)
    await shop.bob.says("/start")
    await employ(shop, ALL - {missing})
    room = shop.simulator.found("Bob's friends", BOB.telegram_id, "supergroup")
    room.add_bot(BOB.telegram_id)
    await shop.settle()
    if missing is Permission.ORDERS:
        assert room.group.said == []  # let in by nobody who may
        return
    for kind in ("orders", "money", "questions", "reviews"):
        room.tap_data(BOB.telegram_id, SetNews(1, kind, on=True).pack())
    room.tap_data(BOB.telegram_id, SetPrivate(1, on=False).pack())  # would hold them back from the seller
    room.send(BOB.telegram_id, "/here money")
    await shop.settle()
    async with shop.db.read() as session:
        chat = (await session.scalars(select(StaffChat))).one()
    assert chat.keeps_private
    assert ("money" in chat.kinds) is (missing is not Permission.MONEY)
    await bought(shop)
    assert about(room, "New order").labels
    assert shop.olga.sees("New order")


@pytest.mark.parametrize("how", ["let go", "orders taken away"])
async def test_who_works_there_no_more_reads_nothing_in_a_group_of_their_own(shop: OpenShop, how: str) -> None:
    await opened(shop)
    await shop.bob.says("/start")
    await employ(shop, ALL)
    room = shop.simulator.found("Bob's friends", BOB.telegram_id, "supergroup")
    room.add_bot(BOB.telegram_id)
    await shop.settle()
    room.tap_data(BOB.telegram_id, SetNews(1, "orders", on=True).pack())
    await shop.settle()
    async with shop.db.read() as session:
        bob = await user(session, BOB)
    seen = len(room.group.said)
    if how == "let go":
        await let_go(shop, bob.id)
        await shop.tick()
        assert shop.olga.sees("Who connected Bob's friends works for you no more")
    else:
        await shop.olga.forges(SetPermission(bob.id, Permission.ORDERS, allowed=False).pack())
    await bought(shop)
    await shop.tick()

    assert len(room.group.said) == seen
    assert shop.olga.sees("New order")


async def test_a_group_that_the_seller_has_seen_stays_hers_when_its_founder_goes(shop: OpenShop) -> None:
    await opened(shop)
    await shop.bob.says("/start")
    await employ(shop, ALL)
    room = shop.simulator.found("Tea staff", BOB.telegram_id, "supergroup")
    room.join(OLGA.telegram_id)
    room.add_bot(BOB.telegram_id)
    await shop.settle()
    room.tap(OLGA.telegram_id, "Orders")
    await shop.settle()
    room.send(BOB.telegram_id, "/connect")
    await shop.settle()
    async with shop.db.read() as session:
        bob = await user(session, BOB)
    await let_go(shop, bob.id)
    await bought(shop)
    await shop.tick()
    assert about(room, "New order").labels
    assert not shop.olga.sees("works for you no more")


async def test_news_on_their_way_to_a_group_that_may_not_hear_them_go_to_the_seller(shop: OpenShop) -> None:
    await opened(shop)
    await shop.bob.says("/start")
    await employ(shop, ALL)
    room = shop.simulator.found("Bob's friends", BOB.telegram_id, "supergroup")
    room.join(OLGA.telegram_id)
    room.add_bot(BOB.telegram_id)
    await shop.settle()
    room.tap_data(BOB.telegram_id, SetNews(1, "orders", on=True).pack())
    await shop.settle()
    async with shop.db.begin() as session:
        await session.execute(update(StaffChat).values(keeps_private=False))
    await placed(shop)
    await shop.ann.pays(option="post", address=BERLIN)  # nobody was told yet
    await employ(shop, ALL - {Permission.ORDERS})
    seen = len(room.group.said)
    await shop.tick()
    await shop.passes(minutes=1)
    assert len(room.group.said) == seen
    assert shop.olga.sees("New order")


async def test_what_another_group_hears_is_not_set_in_this_one(shop: OpenShop, staffed: Room) -> None:
    other = shop.simulator.found("Quiet room", OLGA.telegram_id, "supergroup")
    other.add_bot(OLGA.telegram_id)
    await shop.settle()
    before, seen = await standing(shop), shown(staffed)
    staffed.tap_data(OLGA.telegram_id, SetNews(2, "orders", on=True).pack())
    await shop.settle()
    assert staffed.toasts(OLGA.telegram_id)[-1].text == NOT_YOURS
    assert (await standing(shop), shown(staffed)) == (before, seen)
