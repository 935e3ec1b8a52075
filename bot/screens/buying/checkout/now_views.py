"""The one screen of buying at once: goods, address, the way of sending, what is charged, and the ways to pay."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.screens.buying.catalogue.buttons import OpenProduct
from bot.screens.buying.checkout import views
from bot.screens.buying.checkout.buttons import BuyNow, PickAddress, PlaceNow
from bot.screens.buying.checkout.payable import Payable
from bot.screens.buying.checkout.target import Target
from bot.screens.parts import ways
from bot.screens.parts.addresses import paged
from bot.screens.parts.discounts import discounts
from bot.screens.parts.methods import method_name
from bot.screens.parts.order_text import address_lines
from bot.sending.reply import Key, Screen
from bot.sending.rows import cut
from bot.words import Html, Words
from db.models import Address, ProductKind
from shop.checkout import CheckoutSummary
from shop.policy import ShippingOption


def summary(
    words: Words,
    order: CheckoutSummary,
    asked: BuyNow,
    payable: Payable,
    target: Target | None,
    shipping: tuple[ShippingOption, ...],
    *,
    opening: Html | None,
    most: int,
) -> Screen:
    """Everything before the money; `asked` is this screen, `target` where it goes if that is known.

    `opening` is said by a shop that is closed, or soon will be.
    """
    methods, limits = payable.methods, views.limits(words, payable.outside, order.currency)
    total = order.goods_total + (target.price if target is not None else 0)
    rows = [(Key(label, _place(method, asked, total, target)),) for method, label in _labels(words, methods)]
    question = words("How would you like to pay?") if len(methods) > 1 else ""
    if len(methods) == 1:
        question = words("Payment: {method}", method=method_name(words, methods[0]))
    parts = [
        words("⚡ <b>Buy now</b> from {seller}", seller=order.owner_name),
        views.lines(words, order),
        "\n".join(discounts(words, order.saving, order.currency)),
        _charged(words, order, target, shipping),
        _where(words, target) if target is not None else "",
        limits if not opening else "",
        views.why_no_way(words, order) if not methods and not opening and not limits else "",
        opening or "",
        question,
    ]
    return Screen(
        "\n\n".join(str(part) for part in parts if part),
        (
            *rows,
            _quantity(words, order, asked, most),
            _changes(words, asked, target, shipping),
            (ways.back(words, OpenProduct(asked.product_id)), ways.home(words)),
        ),
    )


def pick(words: Words, asked: PickAddress, known: Sequence[Address]) -> Screen:
    """Their addresses by pages, and the way to another one."""
    here = BuyNow(asked.product_id, asked.quantity, asked.stamp)
    rows = paged(words, known, asked.page, lambda one: replace(here, to=one.id), lambda to: replace(asked, page=to))
    new = Key(words.plain("➕ New address"), replace(here, elsewhere=True))
    return Screen(words("📦 Where shall we send it?"), (*rows, (new,), (ways.back(words, here), ways.home(words))))


def _labels(words: Words, methods: tuple[str, ...]) -> list[tuple[str, str]]:
    if len(methods) == 1:
        return [(methods[0], words.plain("✅ Continue"))]
    return [(method, method_name(words, method)) for method in methods]


def _place(method: str, asked: BuyNow, total: int, target: Target | None) -> PlaceNow:
    to = target.address.id if target is not None else None
    way = target.place if target is not None else None
    return PlaceNow(method, asked.product_id, asked.quantity, asked.stamp or 0, total, to, way)


def _quantity(words: Words, order: CheckoutSummary, asked: BuyNow, most: int) -> tuple[Key, ...]:
    """Of a download one is enough; what there is no more of keeps its place."""
    if order.kind is ProductKind.DIGITAL:
        return ()
    there = min(order.lines[0].available, most)
    fewer = replace(asked, quantity=max(asked.quantity - 1, 1))
    more = replace(asked, quantity=min(asked.quantity + 1, there))
    return (Key("−", fewer), Key(words.number(asked.quantity), asked), Key("+", more))


def _changes(
    words: Words, asked: BuyNow, target: Target | None, shipping: tuple[ShippingOption, ...]
) -> tuple[Key, ...]:
    if target is None:
        return ()
    keys = [
        Key(cut(words.plain("📍 Another address"), 2), PickAddress(asked.product_id, asked.quantity, asked.stamp or 0))
    ]
    if len(target.places) > 1 and target.place is not None:
        following = target.places[(target.places.index(target.place) + 1) % len(target.places)]
        keys.append(Key(cut(f"🚚 {words.named(shipping[following].title)}", 2), replace(asked, way=following)))
    return tuple(keys)


def _charged(words: Words, order: CheckoutSummary, target: Target | None, shipping: tuple[ShippingOption, ...]) -> str:
    if target is None:
        return views.charged(words, order, tuple(views.way_to_ship(words, way, order) for way in shipping))
    total = words.money(order.goods_total + target.price, order.currency)
    if target.place is None:
        return words("You pay <b>{total}</b>, shipping included.", total=total)
    way = words.named(shipping[target.place].title)
    said = words("Shipping: {options}", options=f"{way} — {words.money(target.price, order.currency)}")
    return said + "\n" + words("You pay <b>{total}</b>.", total=total)


def _where(words: Words, target: Target) -> str:
    where = address_lines(words, target.address.place)
    return words("📍 To:\n<blockquote>{address}</blockquote>", address=where)
