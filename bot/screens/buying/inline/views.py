"""A product as a card in any chat: its photo, its name, its price, and the way into the shop."""

from collections.abc import Sequence

from bot.routing.visit import House
from bot.screens.parts.goods import beside_old
from bot.sending.inline import Card, Cards
from bot.sending.reply import Key
from bot.words import Html, Words
from shop.catalog import ProductSummary


def cards(words: Words, items: Sequence[ProductSummary], house: House, *, further: str = "") -> Cards:
    """A card for each product; `further` is what the next page is asked for with."""
    return Cards(tuple(_card(words, item, house) for item in items), further)


def _card(words: Words, item: ProductSummary, house: House) -> Card:
    item = item.said_in(words.language)
    price = beside_old(words, item.price, item.was, item.currency)
    if item.from_price:
        price = words("from {price}", price=price)
    if item.available <= 0:
        price += Html(" · ") + words("sold out")
    picture = item.picture
    shown = picture.file_id if picture is not None and picture.bot_id == house.bot_id else None
    source = picture.source if picture is not None and str(picture.source).startswith("https://") else None
    return Card(
        id=f"p{item.id}",
        title=item.name,
        about=_plain(words, item),
        text=words("<b>{name}</b>", name=item.name) + "\n" + price,
        keyboard=((Key(words.plain("🛍 To the product"), url=house.link(f"p_{item.id}")),),),
        file_id=shown,
        picture=source,
    )


def _plain(words: Words, item: ProductSummary) -> str:
    price = words.money(item.price, item.currency)
    said = words.plain("from {price}", price=price) if item.from_price else price
    return said if item.available > 0 else f"{said} · {words.plain('sold out')}"
