"""Settings of the shop itself: what it is called, who runs it, how it ships, when it reminds."""

from datetime import timedelta
from typing import Annotated, Literal

from app.config.types import (
    FROM_TEXT,
    Amount,
    Amounts,
    CarrierUrl,
    Countries,
    Currency,
    Day,
    Duration,
    Ids,
    Open,
    Section,
    Steps,
    TaxClass,
    TaxRates,
    Timezone,
    Titles,
    about,
)

MOST_TERMS = 50_000  # characters of the terms of sale, which are read by pages


class Shipping(Section, frozen=True):
    """One way to send physical goods."""

    id: Annotated[str, about("A short name that never changes", pattern=r"^[a-z0-9_-]{1,32}$")] = "standard"
    title: Annotated[str, about("What the customer reads", min_length=1, max_length=64)] = "Standard"
    price: Annotated[Amount, about("Price as a decimal text, in the shop's currency", example="4.90")] = "0"
    titles: Annotated[
        Titles, about("What customers of other languages read", example=["de: Paket", "ru: Посылка"])
    ] = ()
    countries: Annotated[
        Countries,
        about("ISO 3166 codes of the countries it serves; none means everywhere", example=["DE", "AT"]),
    ] = ()
    free_from: Annotated[Amount | None, about("Free from this much of goods, after discounts", example="50.00")] = None
    pickup: Annotated[bool, about("Nothing is sent: customers collect their goods, and no address is asked for")] = (
        False
    )
    agreed: Annotated[bool, about("The seller names its price after the order, and the customer agrees or not")] = False
    by_weight: Annotated[
        Steps,
        about(
            "What it costs up to each weight, instead of price; heavier than the last is not sent",
            example=["1 kg: 4.90", "5 kg: 7.90"],
            max_length=20,
        ),
    ] = ()
    days: Annotated[str, about("How many days it takes, for the pages of products", example="2–4", max_length=16)] = ""


class Tax(Section, frozen=True):
    """[shop.tax]: without rates the shop charges no tax, and says nothing about it."""

    country: Annotated[
        str,
        about(
            "ISO 3166 code of where the shop is: what goes nowhere is taxed there",
            example="DE",
            pattern="^([A-Z]{2})?$",
        ),
    ] = ""
    rates: Annotated[
        TaxRates,
        about(
            "Country, class and rate in percent; EU stands for its other states, * for everywhere else",
            example=["DE standard 19", "DE reduced 7", "* standard 0"],
            max_length=40,
        ),
    ] = ()
    included: Annotated[bool, about("Prices contain the tax; otherwise it is added to them")] = True
    shipping: Annotated[TaxClass, about("Class of what sending costs", example="standard")] = "standard"
    seller: Annotated[
        str,
        about("Name and address on receipts, where a seller has none of their own", max_length=500),
    ] = ""
    vat_id: Annotated[str, about("VAT number on receipts, likewise", example="DE123456789", max_length=32)] = ""


class Carrier(Section, frozen=True):
    """A carrier of the shop's own, or another address for a known one with the same id."""

    id: Annotated[str, about("A short name that never changes", pattern=r"^[a-z0-9_]{1,24}$")] = "van"
    name: Annotated[str, about("What people read", example="Our van", min_length=1, max_length=32)] = "Our van"
    url: Annotated[
        CarrierUrl,
        about("Where it shows a parcel: https, with one {number}", example="https://van.example/parcels/{number}"),
    ] = "https://van.example/parcels/{number}"


class Texts(Section, frozen=True):
    """What the shop says about itself in one language; what is left out is said as in [shop]."""

    language: Annotated[str, about("The language of these texts", example="de", pattern="^[a-z]{2,3}$")] = "en"
    greeting: Annotated[str, about("What the first screen says in this language", max_length=500)] = ""
    support: Annotated[str, about("Answer to /support and /paysupport in this language", max_length=1000)] = ""
    terms: Annotated[str, about("Answer to /terms in this language", max_length=MOST_TERMS)] = ""


class Shop(Section, frozen=True):
    """[shop]."""

    name: Annotated[str, about("What the shop is called", min_length=1, max_length=64)] = "Storefront"
    greeting: Annotated[
        str, about("What the first screen says under the welcome", example="Fresh tea every week.", max_length=500)
    ] = ""
    currency: Annotated[Currency, about("ISO 4217 code of the prices of new products, of shipping and of tips")] = "EUR"
    timezone: Annotated[
        Timezone,
        about("Time zone of the times that people read: a name of the IANA database", example="Europe/Berlin"),
    ] = "UTC"
    operators: Annotated[
        Ids,
        about("Telegram ids of the people who see everything and appoint sellers", example=[123456789]),
    ] = ()
    support: Annotated[
        str,
        about(
            "Answer to /support and /paysupport: how to reach a person",
            example="Write to help@shop.example",
            max_length=1000,
        ),
    ] = ""
    terms: Annotated[str, about("Answer to /terms", example="https://shop.example/terms", max_length=MOST_TERMS)] = ""
    media: Annotated[str, about("Folder of the pictures that products name by a path instead of an address")] = "media"
    words: Annotated[
        str,
        about("File with sentences of the bot in the owner's own words", example="words.toml", max_length=500),
    ] = ""
    cover: Annotated[
        str,
        about(
            "Picture of the shop, above the first screen and those without one of their own:"
            " an address or a path in media",
            example="cover.jpg",
            max_length=500,
        ),
    ] = ""
    ordering: Annotated[
        Literal["open", "notice", "closed"],
        about('"open" takes orders, "notice" too with a word about the holiday, "closed" takes none'),
    ] = "open"
    notice: Annotated[str, about("What customers read on a holiday", example="We are at the sea.", max_length=500)] = ""
    back_on: Annotated[
        Day, about("First day after the holiday, which ends by itself then", example="2026-12-27", max_length=10)
    ] = ""
    hours: Annotated[
        Open,
        about("When somebody is there to handle orders", example=["mon 09:00-18:00", "sat 10:00-14:00"], max_length=28),
    ] = ()
    ask_phone: Annotated[bool, about("Ask for a phone number with the address of what is sent")] = False
    page_size: Annotated[int, about("Products, orders or reviews on one screen", ge=1, le=20)] = 6
    max_quantity: Annotated[int, about("Most pieces of one product in a cart", ge=1, le=10_000)] = 99
    max_unpaid_orders: Annotated[
        int, about("Orders that one person may have open without having paid", ge=1, le=1000)
    ] = 5
    max_held_units: Annotated[
        int, about("Pieces that one person's unpaid orders may hold; at least max_quantity", ge=1, le=1_000_000)
    ] = 300
    max_held_lines: Annotated[
        int, about("Different products that one person's unpaid orders may hold", ge=1, le=10_000)
    ] = 60
    low_stock_at: Annotated[int, about("Stock of a new product at which its seller is warned", ge=0)] = 3
    keep_orders_days: Annotated[
        int, about("Days for which ended orders keep their address and texts; 0 for ever", ge=0, le=36_500)
    ] = 3650
    keep_messages_days: Annotated[int, about("Days for which messages are kept; 0 for ever", ge=0, le=36_500)] = 730
    keep_drafts_days: Annotated[
        int, about("Days for which forms wait that somebody began and left; 0 for ever", ge=0, le=36_500)
    ] = 90
    keep_imports_days: Annotated[
        int, about("Days for which it is known which lists of products were taken in; 0 for ever", ge=0, le=36_500)
    ] = 365
    cart_reminder: Annotated[int, about("Hours after which a cart that was left is spoken of; 0 for never", ge=0)] = 0
    show_stock_below: Annotated[int, about('Customers read "only 2 left" under this stock', ge=0)] = 6
    return_days: Annotated[
        int, about("Days after its arrival in which goods may be sent back; 0 for not at all", ge=0, le=3650)
    ] = 14
    return_to: Annotated[
        str,
        about("Where goods are sent back to", example="The shop, Kannenweg 3, 10115 Berlin", max_length=500),
    ] = ""
    return_reminder: Annotated[
        int, about("Days after which sellers are reminded of a return that waits for them; 0 for never", ge=0, le=365)
    ] = 3
    tips: Annotated[
        Amounts,
        about("Suggested tips, at most four, rising; none means no tips", example=["1.00", "2.00"], max_length=4),
    ] = ()
    max_tip: Annotated[Amount, about("Largest tip a customer may give", example="20.00")] = "0"
    shipping: Annotated[
        tuple[Shipping, ...],
        FROM_TEXT,
        about(
            "Ways to send physical goods, cheapest first", example=[{"id": "post", "title": "Post", "price": "4.90"}]
        ),
    ] = ()
    tax: Tax = Tax()
    carriers: Annotated[
        tuple[Carrier, ...],
        FROM_TEXT,
        about(
            "Carriers beside the known ones",
            example=[{"id": "van", "name": "Our van", "url": "https://van.example/parcels/{number}"}],
        ),
    ] = ()
    texts: Annotated[
        tuple[Texts, ...],
        FROM_TEXT,
        about(
            "Greeting, support and terms in other languages",
            example=[{"language": "de", "support": "hilfe@shop.example"}],
        ),
    ] = ()


class Schedule(Section, frozen=True):
    """[schedule]: how long things wait and how often we look; a number is seconds."""

    tick: Annotated[Duration, about("How often due work is looked for", example="1s")] = timedelta(seconds=1)
    order_hold: Annotated[Duration, about("How long an unpaid order keeps its stock", example="15m")] = timedelta(
        minutes=15
    )
    payment_margin: Annotated[
        Duration,
        about(
            "How much longer than its invoice says an order keeps its stock, for money that comes at the last moment",
            example="5m",
        ),
    ] = timedelta(minutes=5)
    checkout_extension: Annotated[
        Duration,
        about("A customer at the payment sheet keeps the stock at least this much longer", example="20m"),
    ] = timedelta(minutes=20)
    manual_hold: Annotated[Duration, about("How long an order waits for cash or a transfer", example="3d")] = timedelta(
        days=3
    )
    review_after: Annotated[
        Duration, about("When a completed order is followed by the request for stars", example="3d")
    ] = timedelta(days=3)
    reconcile: Annotated[Duration, about("How often providers are asked what we may have missed", example="10m")] = (
        timedelta(minutes=10)
    )
    lease: Annotated[
        Duration,
        about("How soon another replica takes over the schedule of one that died", example="15s"),
    ] = timedelta(seconds=15)
