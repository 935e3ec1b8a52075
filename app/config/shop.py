"""Settings of the shop itself: what it is called, who runs it, how it ships, when it reminds."""

from typing import Annotated

from pydantic_settings import NoDecode

from app.config.types import (
    FROM_TEXT,
    Amount,
    Amounts,
    Countries,
    Currency,
    Duration,
    Ids,
    Section,
    Timezone,
    setting,
)


class Shipping(Section):
    """One way to send physical goods."""

    id: str = setting("standard", "A short name that never changes", pattern=r"^[a-z0-9_-]{1,32}$")
    title: str = setting("Standard", "What the customer reads", min_length=1, max_length=64)
    price: Amount = setting("0", "Price as a decimal text, in the shop's currency", example="4.90")
    countries: Countries = setting(
        (), "ISO 3166 codes of the countries it serves; none means everywhere", example=["DE", "AT"]
    )


class Shop(Section):
    """[shop]."""

    name: str = setting("Storefront", "What the shop is called", min_length=1, max_length=64)
    currency: Currency = setting("EUR", "ISO 4217 code of the prices of new products, of shipping and of tips")
    timezone: Timezone = setting(
        "UTC", "Time zone of the times that people read: a name of the IANA database", example="Europe/Berlin"
    )
    operators: Ids = setting(
        (), "Telegram ids of the people who see everything and appoint sellers", example=[123456789]
    )
    support: str = setting(
        "",
        "Answer to /support and /paysupport: how to reach a person",
        example="Write to help@shop.example",
        max_length=1000,
    )
    terms: str = setting("", "Answer to /terms", example="https://shop.example/terms", max_length=3500)
    media: str = setting("media", "Folder of the pictures that products name by a path instead of an address")
    cover: str = setting(
        "",
        "Picture of the shop, above the first screen and those without one of their own: an address or a path in media",
        example="cover.jpg",
        max_length=500,
    )
    page_size: int = setting(6, "Products, orders or reviews on one screen", ge=1, le=20)
    max_quantity: int = setting(99, "Most pieces of one product in a cart", ge=1, le=10_000)
    low_stock_at: int = setting(3, "Stock of a new product at which its seller is warned", ge=0)
    show_stock_below: int = setting(6, 'Customers read "only 2 left" under this stock', ge=0)
    tips: Amounts = setting(
        (), "Suggested tips, at most four, rising; none means no tips", example=["1.00", "2.00"], max_length=4
    )
    max_tip: Amount = setting("0", "Largest tip a customer may give", example="20.00")
    shipping: Annotated[tuple[Shipping, ...], NoDecode, FROM_TEXT] = setting(
        (), "Ways to send physical goods, cheapest first", example=[{"id": "post", "title": "Post", "price": "4.90"}]
    )


class Schedule(Section):
    """[schedule]: how long things wait and how often we look; a number is seconds."""

    tick: Duration = setting("1s", "How often due work is looked for")
    order_hold: Duration = setting("15m", "How long an unpaid order keeps its stock")
    payment_margin: Duration = setting(
        "5m", "How much longer than its invoice says an order keeps its stock, for money that comes at the last moment"
    )
    checkout_extension: Duration = setting(
        "20m", "A customer at the payment sheet keeps the stock at least this much longer"
    )
    manual_hold: Duration = setting("3d", "How long an order waits for cash or a transfer")
    review_after: Duration = setting("3d", "When a completed order is followed by the request for stars")
    reconcile: Duration = setting("10m", "How often providers are asked what we may have missed")
    lease: Duration = setting("15s", "How soon another replica takes over the schedule of one that died")
