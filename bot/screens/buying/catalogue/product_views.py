"""The product page: picture, price, availability, rating, variants, and the number of units in the cart."""

from datetime import timedelta

from markupsafe import escape
from msgspec import Struct

from bot.screens.buying.cart.buttons import OpenCart
from bot.screens.buying.catalogue import gallery, monthly, variant_views
from bot.screens.buying.catalogue.buttons import (
    LikeProduct,
    OpenCategory,
    OpenProduct,
    OpenResults,
    Origin,
    PutInCart,
    ReadProduct,
    WatchStock,
)
from bot.screens.buying.catalogue.variant_views import Choice, Origins
from bot.screens.buying.checkout.buttons import BuyNow
from bot.screens.buying.discovering.buttons import OpenArrivals, OpenTogether, OpenViewed
from bot.screens.buying.favourites.buttons import OpenFavourites
from bot.screens.buying.messages.buttons import AskAbout
from bot.screens.buying.reviews.buttons import OpenReviews
from bot.screens.buying.sharing.buttons import Shared, ShareIt
from bot.screens.parts import listing, ways
from bot.screens.parts.goods import stars
from bot.sending.button import Button
from bot.sending.cutting import fit_plain, pieces
from bot.sending.reply import Key, Screen
from bot.words import Html, Words
from bot.words.weights import weight
from db.models import ProductKind, Subscription
from shop.catalog import ProductCard
from shop.catalog.views import Sort, View
from shop.policy import ShippingOption

A_MOMENT = timedelta(microseconds=1)  # a sale ends at midnight: its last day is the one before
DESCRIPTION = 700  # characters: what a caption has room for beside the rest
SHORT = 200  # characters of attributes beside a description in a caption
READ = 3500  # of a description that is read by pages: a message has room for its name and what HTML makes of letters


class Way(Struct, frozen=True):
    """How the person came to the page."""

    origin: Origin = Origin.CATEGORY
    after: int | None = None
    query: str | None = None

    def back(self, card: ProductCard) -> Button:
        """Where they go back to."""
        if self.origin is Origin.SEARCH and self.query:
            return OpenResults(self.query, after=self.after)
        if self.origin is Origin.ARRIVALS:
            return OpenArrivals(self.after)
        if self.origin is Origin.VIEWED:
            return OpenViewed(self.after or 0)
        if self.origin is Origin.TOGETHER and self.after:
            return OpenTogether(self.after)
        if self.origin is Origin.CART:
            return OpenCart()
        if self.origin is Origin.FAVOURITES:
            return OpenFavourites(self.after or 0)
        view = View(Sort.NEWEST) if self.origin is Origin.NEWEST else listing.unpacked(self.query)[0]
        return OpenCategory(card.category_id, after=self.after, view=None if view.is_usual else view.pack())


def product(  # noqa: PLR0913  what the page needs
    words: Words,
    card: ProductCard,
    way: Way,
    *,
    in_cart: int,
    waits: bool,
    show_stock_below: int,
    max_quantity: int,
    bot_id: int,
    may_ask: bool = True,
    shipping: tuple[ShippingOption, ...] = (),
    choice: Choice | None = None,
    place: int = 1,
    liked: bool = False,
    held: Subscription | None = None,
) -> Screen:
    """The page; `in_cart` is how many units of what can be bought here the cart holds.

    `waits`: they asked to be told when it is back; `shipping`: the ways to send it, priced in its currency; `choice`:
    what is picked of its options, where that is not one variant; `place`: which of its
    photos is on show, from 1 (see gallery.py); `liked`: it is among their favourites;
    `held`: their subscription to it.
    """
    card = card.said_in(words.language)
    choice = choice or variant_views.choice_of(card)
    chosen = card.only_or_chosen
    came = Origins(way.origin, way.after, way.query)
    rows = variant_views.rows(words, choice, came)
    offer = for_sale(card)
    if offer is not None:
        most = min(offer[1], max_quantity)
        once = card.kind is ProductKind.DIGITAL
        rows += (
            monthly.keys(words, card, held, waits=waits)
            if card.monthly
            else _buying(words, offer[0], way, in_cart, most, waits=waits, once=once, place=abs(place))
        )
    talk = [Key(words.plain("💬 Ask the seller"), AskAbout(chosen.id if chosen else card.id))] if may_ask else []
    if _described(card) != card.description or _attributes(words, card)[1]:
        number = chosen.id if chosen else card.id
        more = ReadProduct(number, 0, way.origin, way.after, way.query)
        rows.append((ways.read_all(words, more),))
    if card.has_company:
        rows.append((Key(words.plain("🤝 Often bought with it"), OpenTogether(card.id)),))
    if card.rating_count:
        reviews = words.plain_n("💬 {n} review", "💬 {n} reviews", card.rating_count)
        talk.insert(0, Key(reviews, OpenReviews(card.id)))
    talk.append(Key(words.plain("↗️ Share"), ShareIt(Shared.PRODUCT, card.id)))
    rows.append(tuple(talk))
    like = LikeProduct(chosen.id if chosen else card.id, not liked, way.origin, way.after, way.query)
    rows.append((ways.back(words, way.back(card)), Key("♥" if liked else "♡", like), ways.home(words)))
    text = _text(words, card, choice, show_stock_below, shipping)
    if held is not None:
        text += "\n\n" + monthly.until(words, held)
    shots = gallery.shots_of(card, chosen=chosen is not None)
    found = gallery.frames(words, shots, place, choice, came, bot_id) if shots else []
    if not found:
        return Screen(text, tuple(rows))
    return Screen(text, (found[0][1], *rows), photo=found[0][0], instead=gallery.others(found, rows))


def description(words: Words, card: ProductCard, way: Way, page: int) -> Screen:
    """All that its seller says about the product, by pages."""
    card = card.said_in(words.language)
    attributes = "\n".join(f"{name}: {value}" for name, value in card.attributes)
    parts = pieces("\n\n".join(part for part in (attributes, card.description) if part), READ) or [""]
    page = min(max(page, 0), len(parts) - 1)
    number = card.chosen.id if card.chosen is not None else card.id

    def at(place: int) -> ReadProduct | None:
        return ReadProduct(number, place, way.origin, way.after, way.query) if 0 <= place < len(parts) else None

    back = OpenProduct(number, way.origin, way.after, way.query)
    return Screen(
        words("<b>{name}</b>", name=card.name) + "\n\n" + escape(parts[page].strip()),
        (ways.pages(words, at(page - 1), at(page + 1)), (ways.back(words, back), ways.home(words))),
    )


def _attributes(words: Words, card: ProductCard) -> tuple[Html, bool]:
    """As many of the attributes as a caption has room for, a line each; whether some were left out."""
    kept: list[Html] = []
    used = 0
    for name, value in card.attributes:
        used += len(name) + len(value) + 3
        if used > SHORT:
            return Html("\n").join(kept), True
        kept.append(words("<b>{name}:</b> {value}", name=name, value=value))
    return Html("\n").join(kept), False


def _described(card: ProductCard) -> str:
    """The description, as much of it as there is room for."""
    return fit_plain(card.description, DESCRIPTION - (SHORT if card.attributes else 0))


def for_sale(card: ProductCard) -> tuple[int, int] | None:
    """What the page offers to buy (its id) and how many units there are; None while a variant is to be chosen."""
    chosen = card.only_or_chosen
    if chosen is not None:
        return chosen.id, chosen.available
    return None if card.has_variants else (card.id, card.available)


def availability(words: Words, available: int, show_stock_below: int) -> str:
    """Whether it can be had; few units are counted."""
    if available <= 0:
        return words.plain("Sold out")
    if available < show_stock_below:
        return words.plain_n("Only {n} left", "Only {n} left", available)
    return words.plain("In stock")


def _stock(words: Words, card: ProductCard, available: int, show_stock_below: int) -> str:
    if card.monthly and available > 0:
        return words.plain("until you cancel")
    if card.kind is ProductKind.DIGITAL and available > 0:  # a download does not run low
        return words.plain("Download")
    return availability(words, available, show_stock_below)


def _shipping(words: Words, card: ProductCard, shipping: tuple[ShippingOption, ...]) -> Html:
    """The cheapest way to have it sent, with its days where the shop names them."""
    if not shipping or card.kind is ProductKind.DIGITAL:
        return Html()
    way = min(shipping, key=lambda option: (option.agreed, option.price))
    if way.agreed:
        return words("🚚 Shipping: {price}", price=words.plain("price after the order"))
    price = words.money(way.price, card.currency) if way.price else words.plain("free")
    if (len(shipping) > 1 or way.steps) and way.price:
        price = words.plain("from {price}", price=price)
    if way.price and way.free_from is not None:
        free = words.money(way.free_from, card.currency)
        price = words.plain("{price}, free from {amount}", price=price, amount=free)
    if way.days:
        return words("🚚 Shipping: {price} ({days} days)", price=price, days=way.days)
    return words("🚚 Shipping: {price}", price=price)


def _text(
    words: Words, card: ProductCard, choice: Choice, show_stock_below: int, shipping: tuple[ShippingOption, ...]
) -> str:
    picked = [value for place in choice.open if (value := choice.picked_value(place)) is not None]
    chosen = card.only_or_chosen
    label = chosen.label if chosen is not None else " / ".join(picked)
    name = (
        words("<b>{name}</b> · {variant}", name=card.name, variant=label)
        if label
        else words("<b>{name}</b>", name=card.name)
    )
    lines = [_price(words, card, choice, show_stock_below)]
    if until := (chosen.sale_until if chosen is not None else card.sale_until):
        lines.append(words("🏷 Reduced until {day}", day=words.last_day(until - A_MOMENT)))
    if card.rating_average is not None:
        lines.append(words("{stars}", stars=stars(words, card.rating_average, card.rating_count)))
    if where := _shipping(words, card, shipping):
        lines.append(where)
    if card.weight and card.kind is ProductKind.PHYSICAL:
        lines.append(words("Weight: {weight}", weight=weight(words, card.weight)))
    if card.has_variants and not card.variants:
        lines = [words("Not for sale at the moment.")]
    parts = [name, "\n".join(lines)]
    if card.description:
        parts.append(escape(_described(card)))
    table, _ = _attributes(words, card)
    if table:
        parts.append(table)
    if chosen is None and card.variants:
        parts.append(_choose(words, choice))
    return "\n\n".join(parts)


def _price(words: Words, card: ProductCard, choice: Choice, show_stock_below: int) -> Html:
    """What it costs and whether there are any, of everything that can still be meant."""
    chosen = card.only_or_chosen
    low, high, available = card.price, card.price + card.from_price, card.available
    was = card.was
    if chosen is not None:
        low, high, available, was = chosen.price, chosen.price, chosen.available, chosen.was
    elif choice.picked and (fitting := choice.fitting()):
        prices = [variant.price for variant in fitting]
        low, high, available = min(prices), max(prices), sum(variant.available for variant in fitting)
        before = min(variant.was or variant.price for variant in fitting)
        was = before if before > low else None
    price = words.money(low, card.currency)
    if card.monthly:
        price = words.plain("{price} a month", price=price)
    if low != high:
        price = words.plain("from {price}", price=price)
    stock = _stock(words, card, available, show_stock_below)
    said = words("<b>{price}</b> · {stock}", price=price, stock=stock)
    return said if was is None else words("<s>{old}</s> {new}", old=words.money(was, card.currency), new=said)


def _choose(words: Words, choice: Choice) -> str:
    names = [choice.axes[place].name for place in choice.left if choice.axes[place].name]
    return words("👇 Choose: {options}", options=", ".join(names)) if names else words("👇 Choose first:")


def _buying(
    words: Words, product_id: int, way: Way, in_cart: int, most: int, *, waits: bool, once: bool, place: int
) -> tuple[tuple[Key, ...], ...]:
    """The keys stay where they are at the last unit too: whoever taps quickly must not hit another one."""

    def shall_be(quantity: int) -> PutInCart:
        return PutInCart(product_id, quantity, way.origin, way.after, way.query, place)

    if in_cart > 0:
        counted = Key(words.plain("🛒 {n} in the cart", n=words.number(in_cart)), OpenCart())
        if once and in_cart == 1:
            return (counted, Key(words.plain("✕ Take it out"), shall_be(0))), ()
        return (Key("−", shall_be(in_cart - 1)), Key("+", shall_be(in_cart + 1))), (counted,)
    if most > 0:
        now = Key(words.plain("⚡ Buy now"), BuyNow(product_id), style="primary")
        return ((now, Key(words.plain("🛒 Add to cart"), shall_be(1))),)
    bell = words.plain("🔕 Do not tell me") if waits else words.plain("🔔 Tell me when it is back")
    return ((Key(bell, WatchStock(product_id, not waits, way.origin, way.after, way.query)),),)
