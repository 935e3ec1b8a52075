"""The steps of the tour: what people do in each, and what must be true after it."""

import re
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from msgspec import Struct

from app.demo.catalogue import PICTURES
from app.demo.visitors import Stuck, Visitor, words_of

WAIT = 30  # seconds for what the schedule has to do
SCARF, EXPRESS = 3900, 1190  # cents
TRACKING = "LX 4711 0999 DE"
NEW = "Jasmine pearls"


Step: TypeAlias = Callable[["Cast"], Awaitable[None]]


class Cast(Struct):
    """Who plays, and what they have to remember."""

    ann: Visitor
    olga: Visitor
    ivan: Visitor
    order: str = ""


def must(holds: object, claim: str) -> None:
    """Raise Stuck unless the claim holds."""
    if not holds:
        raise Stuck(f"It does not hold that {claim}")


async def arrive(cast: Cast) -> None:
    """Everybody opens the chat."""
    for visitor in (cast.olga, cast.ivan, cast.ann):
        await visitor.says("/start")
        await visitor.finds(visitor.name)


async def browse(cast: Cast) -> None:
    """From the catalogue to a product page."""
    for label in ("Catalogue", "Wardrobe", "Wool scarf"):
        await cast.ann.taps(label)
    page = await cast.ann.sees("Wool scarf", "39.00", "★ 4")
    must(page["photo"], "the product page has a picture")


async def choose(cast: Cast) -> None:
    """A variant, one tap for each option."""
    for label in ("Berry", "Short", "Add to cart"):
        await cast.ann.taps(label)
    await cast.ann.sees("1 in the cart")


async def look_into_the_cart(cast: Cast) -> None:
    """The cart shows what was chosen."""
    await cast.ann.taps("in the cart")
    await cast.ann.sees("Your cart", "Berry", "39.00")


async def check_out(cast: Cast) -> None:
    """Ann asks to pay in the chat, and the invoice comes."""
    await cast.ann.taps("Check out")
    await cast.ann.sees("Wool scarf (Berry / Short)", "39.00", "How would you like to pay")
    await cast.ann.taps("here in the chat")
    await cast.ann.sees("Pay €39.00")


async def decline(cast: Cast) -> None:
    """A card without money."""
    sheet = await cast.ann.pays(card="declined", shipping_option="express")
    must(sheet["state"] == "declined", "a declined card pays nothing")


async def pay(cast: Cast) -> None:
    """A card with money; address and shipping are asked for by Telegram's own form."""
    sheet = await cast.ann.pays(card="pays", shipping_option="express")
    must(sheet["state"] == "paid", f"the payment went through ({sheet['error']})")
    must(sheet["total"] == SCARF + EXPRESS, "goods and shipping were charged, and nothing else")
    card = await cast.ann.finds("Being prepared", seconds=WAIT)
    found = re.search(r"[Oo]rder #?(\d+)", words_of(card))
    must(found, "the status card names its order")
    cast.order = found[1] if found else ""


async def ship(cast: Cast) -> None:
    """The seller was told, ships with a tracking number, and Ann's card follows."""
    await cast.ivan.finds("New order", seconds=WAIT)
    await cast.ivan.says(f"/ship {cast.order} {TRACKING}")
    await cast.ann.finds("is on its way", seconds=WAIT)
    await _the_card_says(cast, "On its way", TRACKING)


async def complete(cast: Cast) -> None:
    """The parcel arrived."""
    await cast.ivan.says(f"/complete {cast.order}")
    await cast.ann.finds("How do you like", seconds=WAIT)
    await _the_card_says(cast, "Completed", TRACKING)


async def review(cast: Cast) -> None:
    """Stars in one tap, words if one likes."""
    await cast.ann.taps("★ 5")
    await cast.ann.says("Wears like a hug.")
    await cast.ann.sees("★★★★★", "Wears like a hug.")


async def read_reviews(cast: Cast) -> None:
    """The product page shows the new average: four stars from Jonas, five from Ann."""
    await cast.olga.says("/start")
    for label in ("Catalogue", "Wardrobe", "Wool scarf"):
        await cast.olga.taps(label)
    await cast.olga.sees("Wool scarf", "★ 4.5")
    await cast.olga.taps("2 reviews")
    await cast.olga.sees("Wears like a hug.", "Warm and really does not itch.")


async def offer(cast: Cast) -> None:
    """Olga adds a product with one photo and its caption."""
    picture = (PICTURES / "sencha.jpg").read_bytes()
    await cast.olga.shows_photo(picture, f"{NEW}; 12.50; 1; Tea / Green")
    await cast.olga.sees("On sale", NEW, "1 in stock")


async def restock(cast: Cast) -> None:
    """Olga receives one more, and Ann finds both."""
    await cast.olga.says("/restock JASMINE-PEARLS +1")
    await cast.olga.sees("2 in stock")
    await cast.ann.says("/start")
    for label in ("Catalogue", "Tea", "Green", NEW):
        await cast.ann.taps(label)
    page = await cast.ann.sees(NEW, "Only 2 left")
    must(page["photo"], "the product page shows Olga's photo")


async def sell_out(cast: Cast) -> None:
    """Ann takes both, and the shelf says that they are gone."""
    for label in ("Add to cart", "+", "2 in the cart", "Check out", "here in the chat"):
        await cast.ann.taps(label)
    sheet = await cast.ann.pays(card="pays")
    must(sheet["state"] == "paid", f"the payment went through ({sheet['error']})")
    await cast.ivan.says("/start")
    for label in ("Catalogue", "Tea", "Green"):
        await cast.ivan.taps(label)
    await cast.ivan.sees(f"{NEW} · sold out")


async def _the_card_says(cast: Cast, *words: str) -> None:
    """One message is the order's status card, edited as the order moves."""

    async def look() -> None:
        head = f"Order {cast.order} ·"
        cards = [words_of(message) for message in await cast.ann.messages() if head in words_of(message)]
        must(len(cards) == 1, f"the order has one status card; there are {len(cards)}")
        for word in words:
            must(word in cards[0], f"the status card says {word!r}; it says:\n{cards[0]}")

    await cast.ann.until(look)


STEPS: tuple[tuple[str, Step], ...] = (
    ("Olga and Ivan open their shop, Ann comes in", arrive),
    ("Ann browses to a scarf", browse),
    ("She chooses a colour and a length", choose),
    ("She looks into the cart", look_into_the_cart),
    ("She checks out", check_out),
    ("Her first card is declined: nothing happens", decline),
    ("Her second card pays, with express shipping", pay),
    ("Ivan was told, and ships with a tracking number", ship),
    ("Ivan completes the order; later Ann is asked for her stars", complete),
    ("Ann gives five stars and a few words", review),
    ("The product page shows the average, and the reviews", read_reviews),
    ("Olga offers a new tea with one photo and a caption", offer),
    ("She restocks it", restock),
    ("Ann buys both, and it is sold out", sell_out),
)
