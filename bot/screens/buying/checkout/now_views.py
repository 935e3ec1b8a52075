"""The one screen of buying at once: goods, address, the way of sending, what is charged, and the ways to pay."""

from collections.abc import Sequence
from typing import Literal

from msgspec.structs import replace

from bot.screens.buying.catalogue.buttons import OpenProduct
from bot.screens.buying.checkout import monthly, present_views, views
from bot.screens.buying.checkout.buttons import BuyNow, PickAddress, PlaceNow
from bot.screens.buying.checkout.payable import Payable
from bot.screens.buying.checkout.present_buttons import AskPresent
from bot.screens.buying.checkout.target import Target
from bot.screens.parts import tax_lines, ways
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


def summary(  # noqa: PLR0913  what the page needs
    words: Words,
    order: CheckoutSummary,
    asked: BuyNow,
    payable: Payable,
    target: Target | None,
    shipping: tuple[ShippingOption, ...],
    *,
    opening: Html | None,
    most: int,
    present: str | None = None,
    presents: bool = False,
) -> Screen:
    """Everything before the money; `asked` is this screen, `target` where it goes if that is known.

    `opening` is said by a shop that is closed, or soon will be. `present` is the message of a present, None where it
    is none; `presents`: it may be one.
    """
    agreed = target is not None and target.place is not None and shipping[target.place].agreed
    known = order.kind is ProductKind.DIGITAL or (target is not None and not agreed)
    methods, limits = payable.methods, views.limits(words, payable.outside, order.currency)
    total = order.goods_total + (target.price if target is not None else 0) + order.taxes.added
    style: Literal["success"] | None = "success" if len(methods) == 1 else None  # of several ways each is as good
    rows = [
        (
            Key(
                label,
                _place(method, asked, total, target, wrapped=present is not None, credit=order.credit),
                style=style,
            ),
        )
        for method, label in _labels(words, methods)
    ]
    question = words("How would you like to pay?") if len(methods) > 1 else ""
    if len(methods) == 1:
        question = words("Payment: {method}", method=method_name(words, methods[0]))
    gives = (presents or present is not None) and not order.monthly
    gift = _gift(words, order, asked, target, present) if gives else ()
    parts = [
        monthly.head(words, order)
        if order.monthly
        else words("⚡ <b>Buy now</b> from {seller}", seller=order.owner_name),
        views.lines(words, order),
        "\n".join(discounts(words, order.saving, order.currency)),
        monthly.charged(words, order) if order.monthly else _charged(words, order, target, shipping),
        views.by_credit(words, order, known=known, sending=target.price if target is not None else 0),
        present_views.said(words, present),
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
            *views.credit_key(words, order, replace(asked, credit=not order.credit)),
            (*_quantity(words, order, asked, most), *(gift if target is not None else ())),
            (
                *_changes(words, asked, target, shipping, to_others=present is not None),
                *(gift if target is None else ()),
            ),
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


def _gift(
    words: Words, order: CheckoutSummary, asked: BuyNow, target: Target | None, present: str | None
) -> tuple[Key, ...]:
    """In words where there is room for them, and as a sign behind the number where an address has its keys."""
    about = AskPresent(order.owner_id, asked.product_id, asked.quantity, asked.stamp or 0)
    return (present_views.key(words, about, present, short=target is not None),)


def _place(method: str, asked: BuyNow, total: int, target: Target | None, *, wrapped: bool, credit: int) -> PlaceNow:
    to = target.address.id if target is not None else None
    way = target.place if target is not None else None
    return PlaceNow(method, asked.product_id, asked.quantity, asked.stamp or 0, total, to, way, wrapped, credit)


def _quantity(words: Words, order: CheckoutSummary, asked: BuyNow, most: int) -> tuple[Key, ...]:
    """Of a download one is enough; what there is no more of keeps its place."""
    if order.kind is ProductKind.DIGITAL:
        return ()
    there = min(order.lines[0].available, most)
    fewer = replace(asked, quantity=max(asked.quantity - 1, 1))
    more = replace(asked, quantity=min(asked.quantity + 1, there))
    return (Key("−", fewer), Key(words.number(asked.quantity), asked), Key("+", more))


def _changes(
    words: Words, asked: BuyNow, target: Target | None, shipping: tuple[ShippingOption, ...], *, to_others: bool
) -> tuple[Key, ...]:
    elsewhere = PickAddress(asked.product_id, asked.quantity, asked.stamp or 0)
    if target is None:
        return (Key(words.plain("📍 To whom?"), elsewhere),) if to_others else ()
    keys = [Key(cut(words.plain("📍 Another address"), 2), elsewhere)]
    if len(target.places) > 1 and target.place is not None:
        following = target.places[(target.places.index(target.place) + 1) % len(target.places)]
        keys.append(Key(cut(f"🚚 {words.named(shipping[following].title)}", 2), replace(asked, way=following)))
    return tuple(keys)


def _charged(
    words: Words,
    order: CheckoutSummary,
    target: Target | None,
    shipping: tuple[ShippingOption, ...],
) -> str:
    if target is None:
        return views.charged(
            words, order, tuple(views.way_to_ship(words, way, order) for way in shipping if way.carries(order.weight))
        )
    before, behind = tax_lines.of_summary(words, order)
    total = words.money(order.goods_total + target.price + order.taxes.added, order.currency)
    if target.place is None:
        return "\n".join([*before, words("You pay <b>{total}</b>, shipping included.", total=total), *behind])
    way = shipping[target.place]
    price = words.money(target.price, order.currency)
    if way.agreed and not order.saving.free_shipping:
        price = words.plain("price after the order")
    said = words("Shipping: {options}", options=f"{words.named(way.title)} — {price}")
    return "\n".join([said, *before, words("You pay <b>{total}</b>.", total=total), *behind])


def _where(words: Words, target: Target) -> str:
    where = address_lines(words, target.address.place)
    return words("📍 To:\n<blockquote>{address}</blockquote>", address=where)
