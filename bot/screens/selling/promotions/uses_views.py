"""What the orders that used a promotion saved, with keys to them."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.screens.parts import ways
from bot.screens.selling.orders.buttons import OpenSale
from bot.screens.selling.promotions.buttons import OpenPromotion, OpenUses
from bot.screens.selling.promotions.views import gives
from bot.sending.reply import Key, Screen
from bot.words import Words
from db.models import Promotion
from shop.promotions import Use

ROW = 4  # keys of orders beside each other


def uses(words: Words, promotion: Promotion, found: Sequence[Use], at: OpenUses, *, more: bool) -> Screen:
    """A page of orders, the newest first; who ordered is on the page of the order, for who may see that."""
    title = words("🏷 <b>{name}</b> — {gives}", name=promotion.name, gives=gives(words, promotion))
    lines = [_line(words, one, coded=one.code not in {None, promotion.name}) for one in found]
    body = "\n".join(lines) or words("No order has used it yet.")
    keys = [Key(f"🧾 {one.order_id}", OpenSale(one.order_id)) for one in found]
    rows = [tuple(keys[start : start + ROW]) for start in range(0, len(keys), ROW)]
    first = replace(at, before=None) if at.before is not None else None
    older = replace(at, before=found[-1].id) if more else None
    back = (ways.back(words, OpenPromotion(promotion.id)), ways.home(words))
    return Screen(f"{title}\n\n{body}", (*rows, ways.pages(words, first, older), back))


def _line(words: Words, one: Use, *, coded: bool) -> str:
    saved, total = words.money(one.saved, one.currency), words.money(one.total, one.currency)
    line = words(
        "<b>{number}</b> · {day} · −{saved}, paid {total}",
        number=one.order_id,
        day=words.date(one.at),
        saved=saved,
        total=total,
    )
    if coded:
        line += words(" · <code>{code}</code>", code=one.code or "")
    if one.given_back:
        line += " · " + words("counts no more")
    return line
