"""What a seller's side notes about an order stays theirs; and the whole history of an order is read by pages."""

from sqlalchemy import select, update

from bot.screens.selling.notes.buttons import OpenNotes, RemoveNote, WriteOrderNote
from db.models import AdminEvent, Author, Message, Order, OrderNote, Permission, StaffMember
from shop.orders import notes, timeline
from tests.shop.buying import pay, place
from tests.stories.test_an_order import bought, opened
from tests.world.goods import a_product
from tests.world.people import ANN, BOB, IVAN, OLGA, user
from tests.world.shop import OpenShop


async def with_an_order(shop: OpenShop) -> None:
    """Ann paid for Olga's tea; Bob works for Olga."""
    async with shop.db.begin() as session:
        tea = await a_product(session, "Tea", stock=50)
        await pay(session, await place(session, await user(session, ANN), tea, method="cash"))
        bob, olga, now = await user(session, BOB), await user(session, OLGA), shop.clock.now()
        may = Permission.ORDERS.value
        session.add(StaffMember(user_id=bob.id, owner_id=olga.id, permissions=may, actor="owner:1", created_at=now))
        await user(session, IVAN)
    for guest in (shop.olga, shop.bob, shop.ivan, shop.ann):
        await guest.says("/start")


async def test_notes_are_kept_changed_and_removed_and_are_the_sellers_alone(shop: OpenShop) -> None:
    await with_an_order(shop)
    olga, bob, ann, ivan = shop.olga, shop.bob, shop.ann, shop.ivan
    await olga.says("/order 1")
    await olga.taps("📌 Notes", "📌 Write a note")
    await olga.says("Birthday <b>present</b>")
    assert "1. Olga" in olga.text
    assert "Birthday <b>present</b>" in olga.text
    await shop.passes(minutes=5)
    await bob.says("/order 1")
    await bob.taps("📌 Notes: 1", "✏️ Change 1")
    assert "Until now:" in bob.text
    await bob.says("No invoice inside")
    assert "1. Bob" in bob.text
    assert ", changed" in bob.text

    await ann.says("/order 1")
    assert not ann.sees("invoice")
    assert not ann.sees("Notes")
    async with shop.db.read() as session:
        note_id = await session.scalar(select(OrderNote.id)) or 0
    for guest in (ann, ivan):
        for button in (OpenNotes(1), WriteOrderNote(1), WriteOrderNote(1, note_id), RemoveNote(note_id, sure=True)):
            await guest.forges(button.pack())
            assert not guest.sees("invoice")

    await olga.says("/order 1")
    await olga.taps("📜 History")
    assert "Bob: noted" in olga.text
    assert "No invoice inside" in olga.text
    await olga.taps("Back", "📌 Notes: 1", "🗑 Remove 1", "🗑 Remove it")
    assert "There are none." in olga.text
    async with shop.db.read() as session:
        events = await session.scalars(select(AdminEvent).where(AdminEvent.action == "order.noted"))
        assert [event.data["note"] for event in events] == [
            ["", "Birthday <b>present</b>"],
            ["Birthday <b>present</b>", "No invoice inside"],
            ["No invoice inside", ""],
        ]


async def test_notes_have_bounds_and_stay_behind_when_an_order_goes_to_another_seller(shop: OpenShop) -> None:
    await with_an_order(shop)
    olga = shop.olga
    await olga.says("/order 1")
    await olga.taps("📌 Notes", "📌 Write a note")
    await olga.says("x" * (notes.LENGTH + 1))
    assert "At most 500 characters fit." in olga.text
    async with shop.db.begin() as session:
        seller = await user(session, OLGA)
        for number in range(notes.MOST):
            await notes.add(session, seller, 1, f"note {number}", now=shop.clock.now())
    await olga.says("one too many")
    assert "There are 12 notes already." in olga.newest
    await olga.taps_data(OpenNotes(1).pack(), on=olga.screen)
    await olga.taps("Next »")
    assert "note 7" in olga.text
    async with shop.db.begin() as session:
        ivan = await user(session, IVAN)
        await session.execute(update(Order).values(owner_id=ivan.id))
        assert await notes.of_order(session, ivan, 1) == []
        told = await timeline.of_order(session, ivan, 1)
        assert "order.noted" not in {one.what for one in told.happened}


async def test_a_history_is_read_to_its_beginning(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    olga = shop.olga
    await olga.says("/ship 1 LX1")
    await olga.says("/ship 1 LX2")
    async with shop.db.begin() as session:
        ann, seller = await user(session, ANN), await user(session, OLGA)
        for number in range(9):
            said = {"author": Author.CUSTOMER, "text": f"hello {number}", "once": f"t{number}"}
            session.add(
                Message(order_id=1, customer_id=ann.id, seller_id=seller.id, created_at=shop.clock.now(), **said)
            )
    await shop.passes(minutes=1)
    await olga.says("/complete 1")
    await shop.passes(minutes=1)
    await olga.says("/refund 1 restock")
    await olga.taps("💸 Give")
    await shop.passes(minutes=1)
    await olga.says("/order 1")
    await olga.taps("📜 History")
    pages = [olga.text]
    while "Next »" in olga.keyboard:
        await olga.taps("Next »")
        pages.append(olga.text)
    whole = "\n".join(pages)
    assert len(pages) == 2
    for line in ("Ann: ordered", "Olga: sent", "tracking number corrected", "Olga: completed"):
        assert line in whole, line
    assert "back into stock: 1" in whole
    assert whole.count("Ann: wrote") == 9
    assert 0 < pages[0].index("went back") < pages[0].index("completed")
