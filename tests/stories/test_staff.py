"""Olga lets Bob see to her orders and nothing else; Ann is told nothing of it, and Bob goes again."""

import re

import pytest
from sqlalchemy import select

from db.models import AdminEvent, OrderEvent, StaffMember
from tests.world.goods import a_category, a_product
from tests.world.guests import Guest
from tests.world.shop import OpenShop


@pytest.fixture
async def selling(shop: OpenShop) -> OpenShop:
    """Olga sells tea, everybody has said hello."""
    async with shop.db.begin() as session:
        await a_product(session, "Green tea", sku="SKU-1", stock=5, category=await a_category(session, "Tea"))
    for guest in (shop.olga, shop.oscar, shop.bob, shop.eve, shop.ann):
        await guest.says("/start")
    return shop


async def invites(owner: Guest, *permissions: str) -> str:
    """What somebody says who opens the link that the owner made."""
    await owner.says("/staff")
    await owner.taps("Invite somebody", *(f"Allow: {permission}" for permission in permissions), "Make the link")
    found = re.search(r"start=(staff_[\w-]{32,})", owner.text)
    assert found, owner.text
    return f"/start {found[1]}"


async def buys(shop: OpenShop) -> None:
    await shop.ann.says("/start")
    await shop.ann.taps("Catalogue", "Tea", "Green tea", "Add to cart", "Cart", "Check out", "here in the chat")
    assert (await shop.ann.pays()).state == "paid"
    await shop.tick()


async def test_somebody_joins_sees_to_orders_alone_and_is_let_go(selling: OpenShop) -> None:
    olga, bob = selling.olga, selling.bob
    link = await invites(olga, "orders")

    await bob.says(link)
    assert "Olga invites you" in bob.text
    assert "Orders, customers" in bob.text
    assert "Money" not in bob.text
    await bob.taps("Yes, I join")
    assert "on the staff of Olga" in bob.text
    await selling.tick()
    assert olga.sees("Bob is on your staff now")

    await selling.eve.says(link)  # it counts once
    assert "does not count any more" in selling.eve.newest

    await buys(selling)
    assert bob.sees("New order")
    assert olga.sees("New order")
    assert not any("Money" in key or "refund" in key.lower() for key in bob.keyboard), bob.keyboard
    await bob.says("/ship 1 LX 12")
    await selling.tick()
    assert selling.ann.sees("LX 12")
    async with selling.db.read() as session:
        actors = list(await session.scalars(select(OrderEvent.actor).where(OrderEvent.cause == "shipped")))
        member = (await session.scalars(select(StaffMember))).one()
    assert actors == [f"staff:{member.user_id}"]

    for forbidden in ("/restock SKU-1 =0", "/price SKU-1 0.01", "/staff", "/addproduct"):
        await bob.says(forbidden)
        assert "I do not know this command" in bob.newest, forbidden

    await olga.says("/staff")
    await olga.taps("Bob", "Allow: stock")
    assert "✅ Stock" in olga.text
    await bob.says("/restock SKU-1 =3")
    assert "3" in bob.text

    await bob.says("/order 1")
    await bob.taps("Write")  # a question is open when he is let go
    await olga.taps("Let go", "Yes, let go")
    await bob.says("Hello Ann, this is Bob")
    assert not selling.ann.sees("this is Bob")
    await bob.says("/orders")
    assert "You have not ordered anything yet" in bob.newest
    await buys(selling)
    assert bob.chat.said[-1].words.count("New order") == 0
    assert "not on a seller’s staff" in "".join(message.words for message in bob.chat.said)

    async with selling.db.read() as session:
        rows = await session.execute(
            select(AdminEvent.action, AdminEvent.data, AdminEvent.owner_id)
            .where(AdminEvent.action.startswith("staff."))
            .order_by(AdminEvent.id)
        )
        done = rows.all()
    assert [row.action for row in done] == ["staff.invited", "staff.joined", "staff.permitted", "staff.let_go"]
    assert done[2].data == {"permissions": [["orders"], ["orders", "stock"]]}
    assert {row.owner_id for row in done} == {member.owner_id}
    await selling.keeps_its_promises()
    assert selling.incidents() == []


async def test_an_invitation_is_for_no_seller_nobody_banned_and_nobody_employed_and_ends(selling: OpenShop) -> None:
    olga, bob, eve = selling.olga, selling.bob, selling.eve
    link = await invites(olga, "orders")
    await olga.says(link)
    assert "You sell here yourself" in olga.newest
    await eve.says("/start")
    await selling.oscar.says("/ban @eve")
    await selling.oscar.taps("Yes, no more orders")
    await eve.says(link)
    assert "does not count any more" in eve.newest
    await bob.says(link)
    await olga.says("/staff")
    await olga.taps("Open invitations", "Take back")
    await bob.taps("Yes, I join")
    assert bob.sees("does not count any more")

    again = await invites(olga, "orders", "money")
    await bob.says(again)
    await selling.passes(days=8)
    await bob.taps("Yes, I join")
    assert "on the staff" not in bob.text

    third = await invites(olga, "stock")
    await bob.says(third)
    await bob.taps("Yes, I join")
    await selling.ivan.says("/start")
    fourth = await invites(selling.ivan, "stock")
    await bob.says(fourth)
    assert "on a seller’s staff here already" in bob.newest
    await selling.keeps_its_promises()


async def test_an_operator_invites_a_seller_by_a_link_and_who_sells_works_for_nobody(selling: OpenShop) -> None:
    oscar, bob = selling.oscar, selling.bob
    await bob.says(await invites(selling.olga, "orders"))
    await bob.taps("Yes, I join")
    await oscar.says("/admins")
    await oscar.taps("Invite by a link")
    found = re.search(r"start=(staff_[\w-]{32,})", oscar.text)
    assert found
    await selling.eve.says(f"/start {found[1]}")
    assert "to sell" in selling.eve.text
    await selling.eve.taps("Yes, I join")
    await selling.eve.says("/products")
    assert "Your products" in selling.eve.text

    await oscar.says("/admins @bob")
    await oscar.taps("Yes, may sell")
    async with selling.db.read() as session:
        assert list(await session.scalars(select(StaffMember))) == []
    await bob.says("/orders")
    assert "There are none" in bob.text


async def test_who_is_on_a_staff_leaves_by_themselves_and_the_seller_hears_it(selling: OpenShop) -> None:
    olga, bob = selling.olga, selling.bob
    await bob.says("/leave")
    assert "You are on nobody’s staff here." in bob.text
    await bob.says(await invites(olga, "orders"))
    await bob.taps("Yes, I join")
    await bob.says("/leave")
    assert "Leave the staff of Olga?" in bob.text
    await bob.taps("Home")  # better not
    await bob.says("/orders")
    assert "Your orders" not in bob.text

    await bob.says("/start")
    await bob.taps("Leave the staff", "Yes, leave")
    assert "not on a seller’s staff" in bob.newest
    await selling.tick()
    assert olga.sees("Bob left your staff.")
    await buys(selling)
    assert bob.chat.said[-1].words.count("New order") == 0
    await bob.says("/start")
    assert not any("Leave the staff" in label for label in bob.keyboard)
    await olga.says("/log")
    assert "left the staff" in olga.text
    await bob.says(await invites(olga, "stock"))
    assert "Olga invites you" in bob.text
    await selling.keeps_its_promises()
