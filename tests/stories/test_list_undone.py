"""Olga took in the wrong list: for an hour one key puts everything back, and what happened since stands."""

from sqlalchemy import select

from bot.screens.selling.lists.buttons import UndoList
from db.models import Inventory, Product
from tests.stories.test_list_in_chat import sends
from tests.world.goods import a_category, a_product
from tests.world.shop import OpenShop

LIST = (
    "sku,name,category,description,price,quantity\n"
    "TEA,Black tea,Herbs,,5,12\n"
    "PEN,Pen,Paper,Writes.,2,4\n"
    "MUG,Mug,Kitchen,,7,3\n"
    "CUP,Cup,Kitchen,,8,3\n"
    "POT,Pot,Kitchen,,9,1\n"
)


async def shelf(shop: OpenShop) -> dict[str, tuple[str, int, int, bool]]:
    """Name, price, stock and whether it is on sale, by SKU."""
    async with shop.db.read() as session:
        columns = (Product.sku, Product.name, Product.price, Inventory.quantity_in_stock, Product.archived_at)
        rows = await session.execute(select(*columns).join(Inventory, Inventory.product_id == Product.id))
        return {row.sku: (row.name, row.price, row.quantity_in_stock, row.archived_at is None) for row in rows}


async def test_a_list_is_undone_and_what_happened_since_stands(shop: OpenShop) -> None:
    olga, ann, ivan = shop.olga, shop.ann, shop.ivan
    async with shop.db.begin() as session:
        tea = await a_category(session, "Tea")
        await a_product(session, "Green tea", sku="TEA", stock=10, price=450, category=tea)
        await a_product(session, "Pencil", sku="PEN", stock=4, price=100, category=tea)
    for guest in (olga, ann, ivan):
        await guest.says("/start")
    await sends(olga, LIST)
    await olga.taps("Take it in")
    assert olga.sees("New: 3")
    taken = olga.screen
    assert (await shelf(shop))["TEA"] == ("Black tea", 500, 12, True)

    for path in (("Herbs", "Black tea"), ("Kitchen", "Mug")):
        await ann.says("/start")
        await ann.taps("Catalogue", *path, "Add to cart")
    await ann.taps("in the cart", "Check out", "here in the chat")
    assert (await ann.pays()).state == "paid"
    await olga.says("/price PEN 3")
    await olga.says("/price POT 10")

    (undo,) = [label for label in taken.labels if "Undo" in label]
    await olga.taps(undo, on=taken)
    assert olga.sees("those that somebody ordered are taken off sale")
    await olga.taps("Undo", on=taken)
    assert olga.sees("Put back: 3")
    assert olga.sees("Left, as they were changed since: 2")
    assert olga.sees("Pencil: price")
    assert olga.sees("Pot: changed since: off sale now")
    after = {
        "TEA": ("Green tea", 450, 9, True),  # ten, and one sold meanwhile
        "PEN": ("Pencil", 300, 4, True),
        "MUG": ("Mug", 700, 0, False),  # somebody ordered it
        "POT": ("Pot", 1000, 0, False),
    }
    assert await shelf(shop) == after
    for again in (UndoList(1), UndoList(1, sure=True)):
        await olga.forges(again.pack(), on=taken)
        assert olga.sees("It cannot be undone any more")
    await ivan.forges(UndoList(1, sure=True).pack())
    assert await shelf(shop) == after
    await olga.says("/log")
    assert olga.sees("undid a list of products")

    await sends(olga, LIST)
    await olga.taps("Take it in")
    assert (await shelf(shop))["TEA"] == ("Black tea", 500, 12, True), "the same list counts again"
    late = olga.screen
    await shop.passes(hours=1)
    await olga.taps("Undo", on=late)
    assert olga.sees("It cannot be undone any more")
    assert (await shelf(shop))["TEA"] == ("Black tea", 500, 12, True)
    await shop.keeps_its_promises()
    assert shop.incidents() == []


async def test_a_long_list_is_taken_in_while_its_sender_does_other_things(shop: OpenShop) -> None:
    olga = shop.olga
    await olga.says("/start")
    await sends(olga, "sku,name,price,quantity\n" + "".join(f"T{n},Tea {n},4,1\n" for n in range(320)))
    await olga.taps("Take it in")
    assert olga.sees("0 of 320 products")
    waiting = olga.screen
    assert await shelf(shop) == {}
    await olga.says("/products")
    assert olga.sees("You sell nothing yet")

    await shop.tick()
    assert len(await shelf(shop)) == 320
    assert "Taken in" in olga.newest, "who does not wait is told"
    assert any("Taken in" in message.words for message in olga.chat.said if message.message_id == waiting.message_id)
    await olga.taps("Undo", "Undo")
    assert olga.sees("Putting back")
    await shop.tick()
    assert await shelf(shop) == {}
    assert "Put back: 320" in olga.newest
    await shop.keeps_its_promises()
