"""What a promotion is for: the choice so far, a page of the tree of categories, a page of products."""

from bot.screens.parts import ways
from bot.screens.selling.promotions.buttons import (
    ForEverything,
    OpenGoods,
    OpenPromotion,
    PickCategories,
    PickProducts,
    SetCategory,
    SetProduct,
)
from bot.sending.cutting import fit_plain
from bot.sending.reply import Key, Screen
from bot.words import Words
from shop.products.owned import OwnedPage
from shop.promotions import Chosen, Level

LABEL = 48  # UTF-16 units of a key


def goods(words: Words, chosen: Chosen) -> Screen:
    """What it is for now, and the ways to other goods."""
    number = chosen.promotion.id
    rows = (
        (
            Key(words.plain("🗂 Categories"), PickCategories(number)),
            Key(words.plain("🛍 Products"), PickProducts(number)),
        ),
        ((Key(words.plain("For everything"), ForEverything(number)),) if chosen.categories or chosen.products else ()),
        (ways.back(words, OpenPromotion(number)), ways.home(words)),
    )
    return Screen(f"{_head(words, chosen)}\n\n{_chosen(words, chosen)}", rows)


def categories(words: Words, chosen: Chosen, level: Level) -> Screen:
    """Tap a name to choose it or not; the arrow opens what is below it."""
    number, mine = chosen.promotion.id, {each for each, _ in chosen.categories}
    rows: list[tuple[Key, ...]] = []
    for one in level.items:
        mark = "✓ " if one.id in mine else ""
        pressed = SetCategory(number, one.id, one.id not in mine, level.here, level.page)
        keys = [Key(fit_plain(f"{mark}📁 {one.name}", LABEL), pressed)]
        if one.has_more:
            keys.append(Key("›", PickCategories(number, one.id)))
        rows.append(tuple(keys))
    turning = ways.pages(
        words,
        PickCategories(number, level.here, level.page - 1) if level.page else None,
        PickCategories(number, level.here, level.page + 1) if level.has_more else None,
    )
    back = OpenGoods(number) if level.here is None else PickCategories(number, level.above)
    text = words("Tap what it is for; a category has all that is below it.")
    if level.here is not None:
        text = words("🗂 <b>{name}</b>", name=level.name) + "\n" + text
    parts = [_head(words, chosen), _chosen(words, chosen), text]
    return Screen("\n\n".join(parts), (*rows, turning, (ways.back(words, back),)))


def products(words: Words, chosen: Chosen, page: OwnedPage, asked: PickProducts, *, called: str = "") -> Screen:
    """Tap a name to choose it or not."""
    number = chosen.promotion.id
    rows = []
    for one in page.items:
        product = one.product
        mark = "✓ " if product.id in chosen.ids else ""
        pressed = SetProduct(number, product.id, product.id not in chosen.ids, asked.after, asked.before)
        rows.append((Key(fit_plain(f"{mark}{product.name}", LABEL), pressed),))
    text = words("Tap what it is for, or write a part of a name.")
    turning: tuple[Key, ...] = ()
    if called:
        if not page.items:
            text = words("Nothing is called “{name}”.", name=called) + "\n" + text
        elif page.has_older:
            text = words("There are more of them: write more of the name.")
    elif page.items:
        turning = ways.pages(
            words,
            PickProducts(number, before=page.items[0].product.id) if page.has_newer else None,
            PickProducts(number, after=page.items[-1].product.id) if page.has_older else None,
        )
    parts = [_head(words, chosen), _chosen(words, chosen), text]
    return Screen("\n\n".join(parts), (*rows, turning, (ways.back(words, OpenGoods(number)),)))


def _head(words: Words, chosen: Chosen) -> str:
    return words("🏷 <b>{name}</b> — for which goods", name=chosen.promotion.name)


def _chosen(words: Words, chosen: Chosen) -> str:
    names = [*(f"📁 {name}" for _, name in chosen.categories), *(name for _, name in chosen.products)]
    if not names:
        return words("It is for everything.")
    return "\n".join(words("• {name}", name=fit_plain(name, LABEL)) for name in names)
