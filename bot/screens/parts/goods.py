"""A product as every list and page shows it: its picture, its rating, its name on a key."""

from bot.sending.reply import Photo
from bot.words import Html, Words
from db.texts import name_in, titled
from shop.carts.view import CartLine
from shop.catalog import Picture, ProductSummary

STARS = 5


def photo(product_id: int, picture: Picture, bot_id: int) -> Photo | None:
    """The picture to send; a file_id is only good for the bot that got it."""
    if not picture.exists:
        return None
    return Photo(product_id, picture.file_id if picture.bot_id == bot_id else None, picture.source)


def stars(words: Words, average: float, count: int) -> str:
    """The rating on one line: ★ 4.6 (12 reviews)."""
    said = words.plain_n("{n} review", "{n} reviews", count)
    return f"★ {words.number(round(average, 1))} ({said})"


NAME = 26  # characters of a name on a key, so that the price stays in sight


STROKE = "\N{COMBINING LONG STROKE OVERLAY}"


def struck(text: str) -> str:
    """A text that is struck through where no markup can say it, as on a key."""
    return "".join(letter + STROKE for letter in text)


def on_key(words: Words, amount: int, was: int | None, currency: str) -> str:
    """An amount on a key, with the old one struck through before it while there is a sale."""
    now = words.money(amount, currency)
    return now if was is None else f"{struck(words.money(was, currency))} {now}"


def beside_old(words: Words, amount: int, was: int | None, currency: str) -> Html:
    """An amount in a text, with the old one struck through before it while there is a sale."""
    if was is None:
        return Html.escape(words.money(amount, currency))
    return words("<s>{old}</s> {new}", old=words.money(was, currency), new=words.money(amount, currency))


def title_of(words: Words, line: CartLine) -> str:
    """What lies in a cart, as the reader knows it, with its variant."""
    return titled(name_in(words.language, line.name, line.texts), line.option_label)


def product_label(words: Words, item: ProductSummary) -> str:
    """A product on a key: its name, its price (beside the old one while it is on sale), and whether it is sold out."""
    name = item.said_in(words.language).name
    name = name if len(name) <= NAME else name[: NAME - 1].rstrip() + "…"
    price = on_key(words, item.price, item.was, item.currency)
    if item.available <= 0:
        return words.plain("{name} · sold out", name=name)
    if item.from_price:
        return words.plain("{name} · from {price}", name=name, price=price)
    return words.plain("{name} · {price}", name=name, price=price)
