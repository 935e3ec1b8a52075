"""How this shop wants to work: the settings that rules and use cases need, as plain values."""

from collections.abc import Mapping
from datetime import UTC, date, timedelta, tzinfo
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct, field

from shop.taxes import Rates


class Step(NamedTuple):
    """What a way of sending costs up to a weight: grams, and minor units of the shop's currency."""

    grams: int
    price: int


class ShippingOption(Struct, frozen=True):
    """A way to send physical goods; `price` in minor units of the shop's currency; no countries means everywhere.

    With `steps` the price depends on the weight, rising; `price` is that of the lightest, and what is heavier than the
    last is not carried. With `pickup` nothing is sent: customers collect their goods, and no address is asked for.
    """

    id: str
    title: str
    price: int
    countries: frozenset[str] = frozenset()
    days: str = ""  # how long it takes, such as "2–4"; empty: not said

    free_from: int | None = None  # costs nothing from this much of goods after discounts; None: it always costs
    pickup: bool = False
    steps: tuple[Step, ...] = ()
    agreed: bool = False  # the seller names its price after the order, and the customer agrees to it or not

    def price_of(self, goods: int, *, free: bool, weight: int = 0) -> int:
        """What it costs to send goods of this total (after discounts, minor units) and weight (grams).

        `free`: a promotion pays for it.
        """
        if free or (self.free_from is not None and goods >= self.free_from):
            return 0
        return next((step.price for step in self.steps if weight <= step.grams), self.price)

    def carries(self, weight: int) -> bool:
        """Whether so many grams can go this way."""
        return self.pickup or not self.steps or weight <= self.steps[-1].grams

    def serves(self, country: str, weight: int = 0) -> bool:
        """Whether it delivers so many grams to the country (ISO 3166 alpha-2); who collects may come from anywhere."""
        return self.pickup or ((not self.countries or country.upper() in self.countries) and self.carries(weight))


class Carrier(Struct, frozen=True):
    """Who takes parcels; `url` is where they show one: https, with one {number} behind the host."""

    id: str
    name: str
    url: str


SENT = "telegram:"  # begins a cover that was sent in the chat: telegram:<id of the bot>:<file_id>


class Ordering(StrEnum):
    """Whether orders are taken: as always, with a notice (a holiday), or not at all."""

    OPEN = "open"
    NOTICE = "notice"
    CLOSED = "closed"


class Hours(Struct, frozen=True):
    """When somebody is there: on a weekday (0 is Monday), in minutes of the day where the shop is."""

    weekday: int
    opens: int
    closes: int


class Policy(Struct, frozen=True):
    """Everything the shop's rules take from the configuration."""

    currency: str = "EUR"
    operators: frozenset[int] = frozenset()  # Telegram ids
    shipping: tuple[ShippingOption, ...] = ()
    tax: Rates = Rates()
    seller: str = ""  # name and address on receipts of sellers who have none of their own
    vat_id: str = ""  # likewise
    carriers: tuple[Carrier, ...] = ()  # the shop's own, beside the known ones
    ask_phone: bool = False  # with the address of what is sent
    max_quantity: int = 99
    max_unpaid_orders: int = 5  # of one person, in the whole shop
    max_held_units: int = 300  # by one person's unpaid orders; never less than max_quantity
    max_held_lines: int = 60  # different products, by one person's unpaid orders
    page_size: int = 6
    low_stock_at: int = 3
    show_stock_below: int = 6  # "only 2 left" appears under this
    order_hold: timedelta = timedelta(minutes=15)
    checkout_extension: timedelta = timedelta(minutes=20)  # pre-checkout extends the hold to at least this
    manual_hold: timedelta = timedelta(days=3)  # cash and transfer wait for a person
    longest_hold: timedelta = timedelta(days=3)  # from when an order was placed, whatever way to pay is chosen
    review_after: timedelta = timedelta(days=3)
    review_batch: int = 100
    returns: timedelta = timedelta(days=14)  # goods may be sent back so long after they arrived; zero: not at all
    return_reminder: timedelta = timedelta(days=3)  # sellers are reminded of returns that wait for them; zero: never
    return_to: str = ""  # where goods are sent back to
    keep_orders: timedelta = timedelta(0)  # addresses and texts of orders that ended; zero: nothing is removed
    keep_messages: timedelta = timedelta(0)
    keep_drafts: timedelta = timedelta(0)  # forms that were begun and left
    keep_imports: timedelta = timedelta(0)  # lists of products that were taken in
    cart_reminder: timedelta = timedelta(0)  # after this a cart that was left is spoken of once; zero: never
    tips: tuple[int, ...] = field(default=())  # suggested tips in minor units, at most four; empty = no tips
    max_tip: int = 0
    shop_name: str = "Storefront"
    greeting: str = ""  # under the welcome of the first screen
    greeting_by_language: Mapping[str, str] = field(default_factory=dict)  # where a language has its own
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # of ways to ship: by language, by title
    support_text: str = ""
    terms_text: str = ""
    support_by_language: Mapping[str, str] = field(default_factory=dict)  # where a language has its own
    terms_by_language: Mapping[str, str] = field(default_factory=dict)
    timezone: tzinfo = UTC  # of the times that people read
    messages_unanswered: int = 5  # a customer may write about one order before anybody answers
    messages_a_day: int = 20  # the same, answered or not
    ordering: Ordering = Ordering.OPEN
    notice: str = ""  # what customers read on a holiday
    back_on: date | None = None  # the first day after it; None: until somebody ends it
    hours: tuple[Hours, ...] = ()  # none: nothing is said about when orders are handled
    ways_off: frozenset[str] = frozenset()  # ways to pay that are not offered now, by their providers' names
    desk_url: str = ""  # where browsers reach the desk, without a slash at the end; empty: there is none
    cover: str = ""  # the picture of the shop: an address, a path in its media folder, or what was SENT to the bot

    def greeting_in(self, language: str) -> str:
        """What the first screen says under the welcome, in this language where the shop says it so."""
        return self.greeting_by_language.get(language, self.greeting)

    def titles_in(self, language: str) -> Mapping[str, str]:
        """What ways to ship are called in this language, by the title that orders keep, where that is another."""
        return self.titles.get(language, {})

    @property
    def pickups(self) -> tuple[tuple[int, ShippingOption], ...]:
        """Where goods can be collected, with the places among the ways of sending."""
        return tuple((place, way) for place, way in enumerate(self.shipping) if way.pickup)

    @property
    def is_sending(self) -> bool:
        """Whether goods are sent at all: a shop without any way sends everywhere for nothing."""
        return not self.shipping or any(not way.pickup for way in self.shipping)

    def support_in(self, language: str) -> str:
        """How to reach a person, in this language where the shop says it so."""
        return self.support_by_language.get(language, self.support_text)

    def terms_in(self, language: str) -> str:
        """The conditions of sale, in this language where the shop wrote them so."""
        return self.terms_by_language.get(language, self.terms_text)
