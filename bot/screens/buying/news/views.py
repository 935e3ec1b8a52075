"""The switches of all news on one screen: a key for each, which says what it makes of it."""

from collections.abc import Collection, Mapping, Sequence

from bot.screens.buying.news.buttons import WantKind, WantSeller
from bot.screens.buying.privacy.buttons import OpenPrivacy
from bot.screens.parts import ways
from bot.sending.reply import Key, Screen
from bot.words import Html, Words, mark
from shop.people.optouts import BACK, BROADCASTS, CART, CHEAPER, KINDS, REVIEWS

LABELS: Mapping[str, str] = {
    BROADCASTS: mark("News and offers"),
    CHEAPER: mark("Cheaper favourites"),
    BACK: mark("Favourites that are back"),
    CART: mark("A cart that waits"),
    REVIEWS: mark("Asking for stars"),
}


def switches(words: Words, refused: Collection[str], sellers: Sequence[tuple[int, str]]) -> Screen:
    """How each stands; `sellers` are those whose news were refused by themselves."""
    lines, rows = [], []
    for kind in KINDS:
        label, off = words.plain(LABELS[kind]), kind in refused
        lines.append(words("🔕 {news}: off", news=label) if off else words("🔔 {news}: <b>on</b>", news=label))
        key = words.plain("🔔 On: {news}", news=label) if off else words.plain("🔕 Off: {news}", news=label)
        rows.append((Key(key, WantKind(kind, wanted=off)),))
    for seller_id, name in sellers:
        lines.append(words("🔕 News of {seller}: off", seller=name))
        rows.append((Key(words.plain("🔔 On: {news}", news=name), WantSeller(seller_id)),))
    parts = [
        words("🔔 <b>News you get</b>"),
        Html("\n").join(lines),
        words(
            "News of your own orders and answers to what you wrote come in any case, and so does what you asked for"
            " by a key, once."
        ),
    ]
    return Screen("\n\n".join(parts), (*rows, (ways.back(words, OpenPrivacy()), ways.home(words))))
