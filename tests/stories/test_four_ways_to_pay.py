"""A day in a shop: by card in the chat, on a page, for Stars and for cash; all is given back, and no secret is told."""

import json

import pytest
import structlog
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from db.base import Base
from db.models import Order, ProductKind, Refund, TelegramUpdate
from db.session import Database
from tests.world.goods import a_category, a_product
from tests.world.people import EVERYBODY
from tests.world.shop import PROVIDER_TOKEN, STRIPE_KEY, STRIPE_SECRET, TOKEN, OpenShop

SECRETS = (TOKEN, PROVIDER_TOKEN, STRIPE_KEY, STRIPE_SECRET)


def part(secret: str) -> str:
    """What is secret of it: the number before a token's colon is everybody's."""
    return secret.rpartition(":")[2]


async def goods(shop: OpenShop) -> None:
    """Tea goes by post, a book comes for Stars."""
    async with shop.db.begin() as session:
        await a_product(session, "Green tea", price=450, stock=9, category=await a_category(session, "Tea"))
        shelf, kind = await a_category(session, "Books"), ProductKind.DIGITAL
        await a_product(session, "Tea book", price=250, currency="XTR", kind=kind, content="KEY-77", category=shelf)
    await shop.olga.says("/start")
    await shop.oscar.says("/start")


async def to_checkout(shop: OpenShop, category: str, product: str) -> None:
    """Ann puts one into her cart and opens the checkout."""
    await shop.ann.says("/start")
    await shop.ann.taps("Catalogue", category, product, "Add to cart")
    await shop.ann.says("/cart")
    await shop.ann.taps("Check out")


async def for_cash(shop: OpenShop) -> None:
    """Order 1: Ann says where it goes; Olga accepts, and has the money at the door."""
    await to_checkout(shop, "Tea", "Green tea")
    await shop.ann.taps("Cash on delivery")
    await shop.ann.says_where("Post")
    await shop.tick()
    await shop.olga.taps("Accept")
    await shop.olga.taps("Money")


async def by_card_in_the_chat(shop: OpenShop) -> None:
    """Order 2: the first card is declined, the second pays."""
    await to_checkout(shop, "Tea", "Green tea")
    await shop.ann.taps("Card, here in the chat")
    assert (await shop.ann.pays("declined", option="post")).state == "declined"
    assert (await shop.ann.pays(option="post")).state == "paid"


async def on_stripes_page(shop: OpenShop) -> None:
    """Order 3: its first answer is lost, the page opens all the same."""
    shop.simulator.stripe.switch_on("fail_after_commit", method="POST", path="/v1/checkout/sessions")
    await to_checkout(shop, "Tea", "Green tea")
    await shop.ann.taps("Card, on a secure page", "📍 Lindenallee", "Post", "Order now")
    (session_id,) = shop.simulator.stripe.account.sessions
    shop.simulator.stripe.pay(session_id)
    await shop.ann.taps("I have paid")


async def by_stars(shop: OpenShop) -> None:
    """Order 4: a book that comes at once."""
    await to_checkout(shop, "Books", "Tea book")
    await shop.ann.taps("Continue")
    assert (await shop.ann.pays()).state == "paid"
    await shop.tick()
    assert shop.ann.sees("KEY-77")


async def standing(db: Database) -> list[tuple[str, str, int, int]]:
    """How each order is paid, how it stands, what came and what went back."""
    async with db.read() as session:
        query = select(Order).order_by(Order.id)
        orders = await session.scalars(query.options(selectinload(Order.payment)))
        return [
            (str(order.payment_method), order.status.value, order.payment.amount, order.payment.refunded_amount)
            for order in orders
            if order.payment is not None
        ]


async def test_four_ways_to_pay_are_sold_and_given_back_and_nothing_secret_is_written(
    shop: OpenShop, capfd: pytest.CaptureFixture[str]
) -> None:
    await goods(shop)
    await for_cash(shop)
    await by_card_in_the_chat(shop)
    await on_stripes_page(shop)
    await by_stars(shop)
    await shop.tick()
    assert await standing(shop.db) == [
        ("cash", "processing", 940, 0),
        ("telegram", "processing", 940, 0),
        ("stripe", "processing", 940, 0),
        ("stars", "completed", 250, 0),
    ]
    await shop.keeps_its_promises()

    for command in ("/refund 2 1.50", "/refund 2", "/refund #3 restock"):
        await shop.olga.says(command)
        await shop.olga.taps("💸 Give")
    await shop.olga.taps("Money of this order", on=next(one for one in shop.olga.chat.said if "Tea book" in one.words))
    assert shop.olga.sees("Money of order 4")
    assert not shop.olga.sees("/refund 4 5.50")  # Stars go back whole
    for command in ("/refund 4", "/refund 1"):
        await shop.olga.says(command)
        await shop.olga.taps("💸 Give")
    await shop.olga.taps("Money of order 1", "I gave €9.40 back")
    await shop.tick()
    await shop.passes(minutes=10)

    assert await standing(shop.db) == [
        ("cash", "cancelled", 940, 940),
        ("telegram", "cancelled", 940, 940),
        ("stripe", "cancelled", 940, 940),
        ("stars", "completed", 250, 250),
    ]
    async with shop.db.read() as session:
        refunds = [(row.order_id, row.amount, row.state.value) for row in await session.scalars(select(Refund))]
    assert sorted(refunds) == [
        (1, 940, "succeeded"),
        (2, 150, "succeeded"),
        (2, 790, "succeeded"),
        (3, 940, "succeeded"),
        (4, 250, "succeeded"),
    ]
    account = shop.simulator.stripe.account
    assert sorted(refund.amount for refund in account.refunds.values()) == [150, 790, 940]
    assert shop.ann.sees("€9.40 of order 1 was given back to you by hand, says the seller")
    for number, amount in ((2, "€7.90"), (3, "€9.40")):
        assert shop.ann.sees(f"{amount} of order {number} went back to you")
    await shop.keeps_its_promises()

    structlog.get_logger().info("said_last")
    written = await everything_written(shop) + "".join(capfd.readouterr())
    for known in ("KEY-77", "9.40", "said_last"):  # chats, rows and the log are all in what is searched
        assert known in written
    assert [secret for secret in SECRETS if part(secret) in written] == []


async def everything_written(shop: OpenShop) -> str:
    """Every chat, every row, and every line of the log as it is before secrets are removed from it."""
    chats = [shop.simulator.transcript(who.telegram_id) for who in EVERYBODY]
    rows: list[object] = []
    async with shop.db.read() as session:
        for table in Base.metadata.sorted_tables:
            rows += [tuple(row) for row in await session.execute(select(table))]
    return json.dumps(chats, ensure_ascii=False) + repr(rows) + repr(shop.log)


async def test_a_day_of_stars_that_go_back_leaves_the_shop_in_order(shop: OpenShop) -> None:
    """Telegram's note of each comes from the bot itself. Guard: the person is taken from the chat."""
    await goods(shop)
    for number in (1, 2, 3):
        await to_checkout(shop, "Books", "Tea book")
        await shop.ann.taps("Continue")
        assert (await shop.ann.pays()).state == "paid"
        await shop.olga.says(f"/refund {number}")
        if not await refunded(shop, number):
            await shop.olga.taps("250 back")
        await shop.passes(hours=3)
        assert await refunded(shop, number)

    await shop.passes(hours=15)

    async with shop.db.read() as session:
        notes = list(await session.scalars(select(TelegramUpdate).where(TelegramUpdate.kind == "refund")))
    assert [note.payload["message"]["from"]["is_bot"] for note in notes] == [True] * 3
    assert all(note.done_at for note in notes)
    await shop.keeps_its_promises()


async def refunded(shop: OpenShop, number: int) -> bool:
    """Whether a refund of this order is written down."""
    async with shop.db.read() as session:
        return await session.scalar(select(Refund.id).where(Refund.order_id == number)) is not None
