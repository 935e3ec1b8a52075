"""Olga sells software in keys: she pastes them, each buyer gets their own, and one that does not work is replaced."""

from sqlalchemy import select

from bot.screens.buying.keys.buttons import GetFile, ReadKeys, SaveKeys
from bot.screens.selling.keys.buttons import (
    ExportUnits,
    ListUnits,
    OpenOrderKeys,
    OpenPool,
    OpenUnit,
    PutBackUnit,
    RevokeUnit,
    ShowUnitFile,
    WithdrawUnits,
)
from db.models import AdminEvent, ProductKind, Unit, UnitState
from shop import carts
from tests.world.goods import a_category, a_product
from tests.world.guests import Guest
from tests.world.people import user
from tests.world.shop import PICTURES, OpenShop


async def software(shop: OpenShop) -> int:
    """A download of Olga's, until now the same for everybody."""
    async with shop.db.begin() as session:
        shelf = await a_category(session, "Software")
        product = await a_product(
            session,
            "Game",
            sku="GAME",
            price=250,
            currency="XTR",
            stock=50,
            kind=ProductKind.DIGITAL,
            content="Redeem it at games.example",
            low_stock_at=2,
            category=shelf,
        )
    for person in (shop.olga, shop.ann, shop.eve, shop.ivan):
        await person.says("/start")
    return product.id


async def to_the_keys(shop: OpenShop) -> None:
    """Olga opens the keys of her game."""
    await shop.olga.says("/products")
    await shop.olga.taps("Game", "🔑 Keys")


async def buys(shop: OpenShop, guest: Guest, product_id: int, times: int = 1) -> None:
    """So many, for Stars."""
    async with shop.db.begin() as session:
        await carts.set_quantity(session, await user(session, guest.who), product_id, times, now=shop.clock.now())
    await guest.says("/cart")
    await guest.taps("Check out", "Continue")
    assert (await guest.pays()).state == "paid"


async def test_a_seller_pastes_keys_and_each_buyer_gets_their_own(shop: OpenShop) -> None:
    product_id = await software(shop)
    olga, ann = shop.olga, shop.ann
    await to_the_keys(shop)
    assert olga.sees("Until now every buyer gets the same content")
    await olga.taps("Add keys")
    await olga.says("AAAA-1111\n\nBBBB-2222\nAAAA-1111")
    assert olga.sees("2 keys added")
    assert olga.sees("4: …111")
    await olga.says("CCCC-3333")
    assert olga.sees("1 key added")
    await olga.shows_file(b"key;note\nDDDD-4444;x\nEEEE-5555;y\n", name="more.csv")
    assert olga.sees("2 keys added")
    await olga.shows_file((PICTURES / "tote.jpg").read_bytes(), name="poster.jpg")
    assert olga.sees("1 key added")
    await olga.taps("Done")
    assert olga.sees("6 free, 0 sold")
    await olga.says("/restock GAME =50")
    assert olga.sees("its stock is the keys that are there")

    await buys(shop, ann, product_id, 5)
    await shop.tick()

    assert ann.sees("Redeem it at games.example")
    for key in ("AAAA-1111", "EEEE-5555"):
        assert ann.sees(key)
    copied = [button["copy_text"] for row in ann.screen.keyboard or () for button in row if "copy_text" in button]
    assert {"text": "AAAA-1111"} in copied
    await shop.tick()
    assert olga.sees("Only 1 of Game is left")
    low = next(message for message in olga.chat.said if "Only 1 of Game is left" in message.words)
    assert "➕ Add keys" in low.labels

    await buys(shop, ann, product_id)
    await shop.tick()
    await ann.taps("poster.jpg")
    assert ann.chat.said[-1].document is not None
    await to_the_keys(shop)
    assert olga.sees("0 free, 6 sold")
    await olga.taps("Sold")
    assert olga.sees("Only the end of each")
    assert "AAAA" not in " ".join(olga.keyboard)
    await olga.taps("…111")
    assert olga.sees("AAAA-1111")
    await shop.keeps_its_promises()


async def test_a_key_that_does_not_work_is_replaced_and_nobody_else_reads_any(shop: OpenShop) -> None:
    product_id = await software(shop)
    olga, ann, eve, ivan = shop.olga, shop.ann, shop.eve, shop.ivan
    await to_the_keys(shop)
    await olga.taps("Add keys")
    await olga.says("\n".join(f"SECRET-1{n}77" for n in range(8)))
    await olga.taps("Done")
    await buys(shop, ann, product_id, 7)
    await shop.tick()
    await ann.taps("Next")
    assert ann.sees("SECRET-1677")
    await ann.says("/myorders")
    await ann.taps("Game", "Download again")
    assert ann.sees("SECRET-1077")

    await olga.says("/orders 1")
    await olga.taps("🔑 Keys", "…077", "Send another one instead")
    await olga.says("used before")
    assert olga.sees("The customer gets another one")
    await shop.tick()
    assert ann.sees("SECRET-1777")
    assert ann.sees("in place of one that works no more")
    await olga.says("/orders 1")
    await olga.taps("🔑 Keys", "…177", "Send another one instead")
    await olga.says("this one, too")
    assert olga.sees("sold out")
    await shop.keeps_its_promises()

    async with shop.db.read() as session:
        rows = list(await session.scalars(select(Unit).order_by(Unit.id)))
        events = " ".join(str(event.data) for event in await session.scalars(select(AdminEvent)))
    assert "SECRET" not in events
    assert "SECRET" not in str(shop.log)
    ids = [row.id for row in rows]
    assert [row.state for row in rows].count(UnitState.REVOKED) == 1
    forged = [ReadKeys(1), SaveKeys(1), OpenPool(product_id), ExportUnits(product_id), OpenOrderKeys(1)]
    forged += [ListUnits(product_id, state) for state in UnitState]
    forged += [kind(unit_id) for unit_id in ids[:2] for kind in (GetFile, OpenUnit, ShowUnitFile, PutBackUnit)]
    forged += [WithdrawUnits(product_id, sure=True), *(RevokeUnit(ids[1], replace=one) for one in (True, False))]
    for stranger in (eve, ivan):
        for button in forged:
            await stranger.forges(button.pack())
            await stranger.says("because")
            assert not stranger.sees("SECRET"), button
            assert not stranger.sees("…177"), button
    async with shop.db.read() as session:
        again = list(await session.scalars(select(Unit).order_by(Unit.id)))
    assert [(row.state, row.order_item_id) for row in again] == [(row.state, row.order_item_id) for row in rows]

    await olga.says("/refund 1")
    await olga.taps("💸 Give")
    await shop.tick()
    await ann.forges(ReadKeys(1).pack())
    assert not ann.sees("🔑 <b>Order 1</b>")
    await shop.keeps_its_promises()
