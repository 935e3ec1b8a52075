"""The cart: what would become one order each, at today's prices, with what changed said."""

from bot.buttons.cart import EmptyCart, FitCart, OpenCart, SetQuantity
from bot.buttons.catalogue import OpenCategory, OpenProduct, Origin
from bot.buttons.checkout import OpenCheckout
from bot.buttons.home import OpenHome
from bot.reply import Key, Screen
from bot.views import ways
from bot.words import Words
from shop.carts import CartLine, CartView, SellerCart

LINES = 6  # with keys on one page, two rows each
NAME = 32  # characters of a name on a key


def cart(words: Words, view: CartView, *, page: int = 0, toast: str | None = None) -> Screen:
    """The whole cart in words; keys for one page of its lines."""
    if not view.sellers:
        return empty(words, toast=toast)
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
        (Key(words.plain("🗑 Empty the cart"), EmptyCart()),),
        (Key(words.plain("🛍 Catalogue"), OpenCategory(None)), ways.home(words)),
    )
    text = "\n\n".join(
        [words("🛒 <b>Your cart</b>"), *(_group(words, seller, named=several) for seller in view.sellers)]
    )
    if several:
        text += "\n\n" + words("Each seller’s goods are an order of their own.")
    return Screen(text, keyboard, toast=toast)


def empty(words: Words, *, toast: str | None = None) -> Screen:
    """Nothing in it."""
    return Screen(
        words("🛒 Your cart is empty."),
        ((Key(words.plain("🛍 Catalogue"), OpenCategory(None)), ways.back(words, OpenHome())),),
        toast=toast,
    )


def sure_to_empty(words: Words, units: int) -> Screen:
    """Asks back before everything is thrown out."""
    return Screen(
        words.n("🛒 Take {n} unit out of the cart?", "🛒 Take all {n} units out of the cart?", units),
        ((Key(words.plain("🗑 Empty it"), EmptyCart(sure=True)), ways.back(words, OpenCart())),),
    )


def _whole(seller: SellerCart) -> bool:
    """Whether everything in it can be had: otherwise there is nothing to check out yet."""
    return all(line.enough for line in seller.lines)


def _group(words: Words, seller: SellerCart, *, named: bool) -> str:
    lines = [_line(words, line) for line in seller.lines]
    if named:
        lines.insert(0, words("<b>{seller}</b>", seller=seller.owner_name))
    lines.append(words("Subtotal: <b>{amount}</b>", amount=words.money(seller.subtotal, seller.currency)))
    return "\n".join(lines)


def _line(words: Words, line: CartLine) -> str:
    if not line.sellable:
        return words("✕ <s>{product}</s>\n   ⚠️ Not for sale any more.", product=line.title)
    said = words(
        "{n} × {product} — {amount}",
        n=words.number(line.quantity),
        product=line.title,
        amount=words.money(line.line_total, line.currency),
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
    amount = words.money(seller.subtotal, seller.currency)
    if named:
        label = words.plain("✅ Check out with {seller} · {amount}", seller=seller.owner_name, amount=amount)
    else:
        label = words.plain("✅ Check out · {amount}", amount=amount)
    return Key(label, OpenCheckout(seller.owner_id, seller.kind))


def _line_keys(words: Words, line: CartLine, page: int) -> tuple[tuple[Key, ...], ...]:
    """The product on a row of its own, below it the keys: they keep their places, whatever the quantity."""
    name = line.title if len(line.title) <= NAME else line.title[: NAME - 1].rstrip() + "…"
    remove = Key("✕", SetQuantity(line.product_id, 0, page))
    if not line.sellable:
        return ((Key(name, OpenCart(page)), remove),)
    product = (Key(f"{words.number(line.quantity)} × {name}", OpenProduct(line.product_id, Origin.CART)),)
    if line.available <= 0:
        return product, (remove,)
    fewer = Key("−", SetQuantity(line.product_id, min(line.quantity - 1, line.available), page))
    return product, (fewer, Key("+", SetQuantity(line.product_id, line.quantity + 1, page)), remove)
