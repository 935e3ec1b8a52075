"""A product's card in a channel, and the screens that put it there."""

from collections.abc import Sequence

from markupsafe import escape

from bot.screens.parts import goods, ways
from bot.screens.selling.chats.buttons import ChoosePost, ListChats, PutPost, TakePost
from bot.sending.cutting import fit_plain
from bot.sending.reply import Key, Screen
from bot.words import Html, Words
from db.models import Post, Product, StaffChat
from shop.catalog import ProductCard

DESCRIPTION = 400  # characters: a post is read in passing
MOST = 6  # chats to choose from on one screen


def card(words: Words, product: ProductCard, link: str, *, bot_id: int, show_stock_below: int) -> Screen:
    """What a channel shows of a product; few units are counted, and what is sold out says so."""
    price = goods.beside_old(words, product.price, product.was, product.currency)
    said = words("<b>{price}</b>", price=price)
    if product.from_price:
        said = words("<b>from {price}</b>", price=price)
    if product.available <= 0:
        said += " · " + words("Sold out")
    elif product.available < show_stock_below:
        said += " · " + words.n("Only {n} left", "Only {n} left", product.available)
    parts = [words("<b>{name}</b>", name=product.name), said]
    if product.description:
        parts.append(Html.escape(fit_plain(product.description, DESCRIPTION)))
    label = words.plain("🛒 Buy") if product.available > 0 else words.plain("🛍 To the product")
    return Screen(
        "\n\n".join(parts), ((Key(label, url=link),),), photo=goods.photo(product.id, product.picture, bot_id)
    )


def gone(words: Words, name: str) -> Screen:
    """What it becomes when the product is not sold any more."""
    return Screen(words("<b>{name}</b>\n\nNot for sale at the moment.", name=name))


def pick(words: Words, products: Sequence[Product]) -> Screen:
    """Which product."""
    said = words("📣 Which product shall be on show? Choose, or write <code>/post SKU</code>.")
    rows = [(Key(fit_plain(product.name, 40), ChoosePost(product.id)),) for product in products]
    return Screen(said, (*rows, (ways.home(words),)))


def places(
    words: Words, product: Product, known: Sequence[StaffChat], standing: Sequence[tuple[Post, StaffChat]]
) -> Screen:
    """Where a product is on show, and where it could be."""
    said = words("📣 <b>{name}</b>", name=product.name)
    there = {chat.id for _, chat in standing}
    free = [chat for chat in known if chat.id not in there][:MOST]
    if standing:
        said += "\n\n" + words("On show in:") + "".join(f"\n• {escape(chat.title)}" for _, chat in standing)
        said += "\n\n" + words("A post follows the price, a sale and the stock by itself.")
    if not known:
        said += "\n\n" + words("No channel or group is connected yet: make me an administrator of one first.")
    rows = [
        (Key(words.plain("📣 Show in {title}", title=chat.title[:30]), PutPost(product.id, chat.id)),) for chat in free
    ]
    rows += [
        (Key(words.plain("🗑 Take out of {title}", title=chat.title[:30]), TakePost(post.id)),)
        for post, chat in standing[:MOST]
    ]
    rows.append((Key(words.plain("👥 Groups and channels"), ListChats()),))
    return Screen(said, (*rows, (ways.home(words),)))
