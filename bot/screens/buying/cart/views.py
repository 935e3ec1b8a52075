"""The cart: what would become one order each, at today's prices, with what changed said."""

from collections.abc import Sequence

from bot.screens.buying.cart.buttons import EmptyCart, FitCart, OpenCart, RemoveCode, SetQuantity, TypeCode
from bot.screens.buying.catalogue.buttons import OpenCategory, OpenProduct, Origin
from bot.screens.buying.checkout.buttons import OpenCheckout
from bot.screens.buying.home.buttons import OpenHome
from bot.screens.buying.news.buttons import WantKind
from bot.screens.parts import ways
from bot.screens.parts.discounts import discounts, refused
from bot.screens.parts.goods import beside_old, title_of
from bot.sending.reply import Key, Screen
from bot.sending.rows import cut
from bot.words import Html, Words
from db.models import ProductKind
from shop.carts import CartLine, CartView, SellerCart
from shop.people.optouts import CART

LINES = 6  # with keys on one page, a row each
MOST_SAID = 20  # lines of an order that cannot be had
NAME = 32  # characters of a name on a key


def cart(words: Words, view: CartView, *, page: int = 0, toast: str | None = None, news: str = "") -> Screen:
    """The whole cart in words; keys for one page of its lines. `news` stands above it."""
    if not view.sellers:
        return empty(words, toast=toast, news=news)
    lines = [line for seller in view.sellers for line in seller.lines]
    page = max(0, min(page, (len(lines) - 1) // LINES))
    shown = lines[page * LINES : (page + 1) * LINES]
    previous = OpenCart(page - 1) if page > 0 else None
    following = OpenCart(page + 1) if (page + 1) * LINES < len(lines) else None
    several = len(view.sellers) > 1
    keyboard = (
        *((_checkout_key(words, seller, named=several),) for seller in view.sellers if _whole(seller)),
        *(() if all(map(_whole, view.sellers)) else ((Key(words.plain("🧹 Keep what can be had"), FitCart()),),)),
        *(row for line in shown for row in _line_keys(words, line, page)),
        ways.pages(words, previous, following),
        (_code_key(words, view), Key(words.plain("🗑 Empty it"), EmptyCart())),
        (Key(words.plain("🛍 Catalogue"), OpenCategory(None)), ways.home(words)),
    )
    text = "\n\n".join(
        [words("🛒 <b>Your cart</b>"), *(_group(words, seller, named=several) for seller in view.sellers)]
    )
    if view.stray is not None:
        text += "\n\n⚠️ " + words("{reason}", reason=refused(words, view.stray, "other_goods"))
    if several:
        text += "\n\n" + words("In all: <b>{amount}</b>", amount=_in_all(words, view.sellers))
        text += "\n" + words("You order and pay separately for each; shipping is charged for each.")
    return Screen(f"{news}\n\n{text}" if news else text, keyboard, toast=toast)


def not_in_full(words: Words, short: Sequence[tuple[str, int]]) -> str:
    """What of an earlier order cannot be had any more, or less of it: names, and units that are in the cart."""
    said = [
        words.n("⚠️ {product}: only {n} is left.", "⚠️ {product}: only {n} are left.", left, product=name)
        if left
        else words("⚠️ {product} cannot be had any more.", product=name)
        for name, left in short[:MOST_SAID]
    ]
    return "\n".join(said)


def waits(words: Words, view: CartView) -> Screen:
    """Reminds of what is in it, the first few by name."""
    lines = [line for seller in view.sellers for line in seller.lines]
    said = [words("🛒 Your cart waits for you:")]
    said += [
        words("{n} × {product}", n=words.number(line.quantity), product=title_of(words, line)) for line in lines[:LINES]
    ]
    if len(lines) > LINES:
        said.append(Html.escape("…"))
    no_more = Key(words.plain("🔕 Never remind me"), WantKind(CART, wanted=False))
    return Screen("\n".join(said), ((Key(words.plain("🛒 Open the cart"), OpenCart()),), (no_more,)))


def empty(words: Words, *, toast: str | None = None, news: str = "") -> Screen:
    """Nothing in it."""
    said = words("🛒 Your cart is empty.")
    return Screen(
        f"{news}\n\n{said}" if news else said,
        ((Key(words.plain("🛍 Catalogue"), OpenCategory(None)), ways.back(words, OpenHome())),),
        toast=toast,
    )


def sure_to_empty(words: Words, units: int) -> Screen:
    """Asks back before everything is thrown out."""
    return Screen(
        words.n("🛒 Empty the cart? {n} item is in it.", "🛒 Empty the cart? {n} items are in it.", units),
        ((Key(words.plain("🗑 Empty it"), EmptyCart(sure=True), style="danger"), ways.back(words, OpenCart())),),
    )


def ask_code(words: Words, *, problem: str = "") -> Screen:
    """Asks for a promo code; `problem`: what is wrong with the one that was typed."""
    question = words("🏷 Write the promo code. Blanks and small letters do not matter.")
    said = words("⚠️ {problem}", problem=problem) + "\n\n" + question if problem else question
    return Screen(said, ((ways.back(words, OpenCart()),),))


def _code_key(words: Words, view: CartView) -> Key:
    if view.code is None:
        return Key(words.plain("🏷 Promo code"), TypeCode())
    return Key(words.plain("✕ {code}", code=view.code), RemoveCode())


def _whole(seller: SellerCart) -> bool:
    """Whether everything in it can be had: otherwise there is nothing to check out yet."""
    return all(line.enough for line in seller.lines)


def _in_all(words: Words, sellers: Sequence[SellerCart]) -> str:
    """One sum a currency: there is no rate between them."""
    sums: dict[str, int] = {}
    for seller in sellers:
        sums[seller.currency] = sums.get(seller.currency, 0) + seller.goods_total
    return " + ".join(words.money(amount, currency) for currency, amount in sums.items())


def _group(words: Words, seller: SellerCart, *, named: bool) -> str:
    lines = [_line(words, line) for line in seller.lines]
    if named:
        lines.insert(0, words("<b>{seller}</b>", seller=seller.owner_name))
    lines += discounts(words, seller.saving, seller.currency)
    lines.append(words("Subtotal: <b>{amount}</b>", amount=words.money(seller.goods_total, seller.currency)))
    return "\n".join(lines)


def _line(words: Words, line: CartLine) -> str:
    if not line.sellable:
        return words("✕ <s>{product}</s>\n   ⚠️ Not for sale any more.", product=title_of(words, line))
    said = words(
        "{n} × {product} — {amount}",
        n=words.number(line.quantity),
        product=title_of(words, line),
        amount=beside_old(words, line.line_total, line.old_total, line.currency),
    )
    if line.available <= 0:
        said += words("\n   ⚠️ Sold out.")
    elif not line.enough:
        said += words.n("\n   ⚠️ Only {n} is left.", "\n   ⚠️ Only {n} are left.", line.available)
    if line.price_changed:
        said += words(
            "\n   ⚠️ The price was {old}, now it is {new}.",
            old=words.money(line.seen_price, line.seen_currency),
            new=words.money(line.price, line.currency),
        )
    return said


def _checkout_key(words: Words, seller: SellerCart, *, named: bool) -> Key:
    amount = words.money(seller.goods_total, seller.currency)
    if named and seller.kind is ProductKind.DIGITAL:
        label = words.plain("📥 Check out with {seller} · {amount}", seller=seller.owner_name, amount=amount)
    elif named:
        label = words.plain("✅ Check out with {seller} · {amount}", seller=seller.owner_name, amount=amount)
    else:
        label = words.plain("✅ Check out · {amount}", amount=amount)
    # of several sellers none comes first
    return Key(label, OpenCheckout(seller.owner_id, seller.kind), style=None if named else "primary")


def _line_keys(words: Words, line: CartLine, page: int) -> tuple[tuple[Key, ...], ...]:
    """The product and its keys on one row: they keep their places, whatever the quantity; of one, − takes it out."""
    title = title_of(words, line)
    name = title if len(title) <= NAME else title[: NAME - 1].rstrip() + "…"
    remove = Key("✕", SetQuantity(line.product_id, 0, page))
    if not line.sellable:
        return ((Key(name, OpenCart(page)), remove),)
    label = cut(f"{words.number(line.quantity)} × {name}", 3)
    product = Key(label, OpenProduct(line.product_id, Origin.CART))
    if line.available <= 0 or (line.kind is ProductKind.DIGITAL and line.quantity == 1):
        return ((product, remove),)  # of a download one is enough
    fewer = Key("−", SetQuantity(line.product_id, min(line.quantity - 1, line.available), page))
    return ((product, fewer, Key("+", SetQuantity(line.product_id, line.quantity + 1, page))),)
