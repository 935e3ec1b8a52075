"""Promotions as their seller sees them: the list, one with its figures, the question for a new one."""

from collections.abc import Sequence
from datetime import timedelta

from bot.screens.parts import ways
from bot.screens.selling.promotions.buttons import (
    AskField,
    DiscardPromotion,
    Field,
    ListPromotions,
    MakeCodes,
    NewPromotion,
    OpenCodes,
    OpenConditions,
    OpenGoods,
    OpenPromotion,
    OpenUses,
    SendCodes,
    SetRunning,
    ShowCodeLink,
)
from bot.screens.selling.promotions.making_views import EXAMPLE
from bot.sending.reply import Key, Screen
from bot.words import Words
from db.models import Promotion, PromotionKind
from shop.promotions import MOST_CODES, Standing, never_ran

BATCHES = (10, 100, 1000)  # one-time codes on one tap


def listed(words: Words, found: Sequence[Promotion], *, paged: bool, following: int | None) -> Screen:
    """A page of them, each a key."""
    text = words("🏷 <b>Your promotions</b>")
    if not found:
        text += "\n\n" + words(
            "There is none yet. Make one by keys, or in a line like <code>{line}</code>", line=EXAMPLE
        )
    keys = tuple((Key(_label(words, one), OpenPromotion(one.id)),) for one in found)
    previous = ListPromotions() if paged else None
    more = ListPromotions(following) if following is not None else None
    new = Key(words.plain("➕ New promotion"), NewPromotion())
    return Screen(text, (*keys, ways.pages(words, previous, more), (new,), (ways.home(words),)))


def one(words: Words, standing: Standing, *, link: str | None, note: str = "") -> Screen:
    """A promotion, how often it was used, and what it brought."""
    promotion, currency = standing.promotion, standing.promotion.currency
    facts: list[str] = [words("🏷 <b>{name}</b> — {gives}", name=promotion.name, gives=gives(words, promotion))]
    if never_ran(promotion):
        facts.append(words("✏️ It does not run yet: set what you like, then start it."))
    elif promotion.stopped_at is not None:
        facts.append(words("⏸ Stopped"))
    facts += conditions_of(words, promotion)
    facts.append(_for(words, standing.goods))
    used = words.number(promotion.used)
    if promotion.total_limit is not None:
        used += f" / {words.number(promotion.total_limit)}"
    figures = [
        words("Used: {n}", n=used),
        words("Discount given: {amount}", amount=words.money(standing.saved, currency)),
        words("Ordered with it: {amount}", amount=words.money(standing.revenue, currency)),
    ]
    if standing.one_time:
        figures.append(words("Codes that count once: {n}", n=words.number(standing.one_time)))
    parts = ["\n".join(facts), "\n".join(figures)]
    if link is not None:
        parts.append(words("This link puts the code into a cart:\n<code>{link}</code>", link=link))
    return Screen("\n\n".join([note, *parts] if note else parts), _keys(words, standing))


def _keys(words: Words, standing: Standing) -> tuple[tuple[Key, ...], ...]:
    promotion = standing.promotion
    number, running = promotion.id, promotion.stopped_at is None
    stop = Key(words.plain("⏸ Stop"), SetRunning(number, running=False))
    start = Key(words.plain("▶️ Start"), SetRunning(number, running=True))
    first = [stop if running else start]
    if never_ran(promotion):
        first.append(Key(words.plain("✕ Throw away"), DiscardPromotion(number)))
    change = [Key(words.plain("🛍 For which goods"), OpenGoods(number))]
    if promotion.kind is not PromotionKind.FREE_SHIPPING:
        change.insert(0, Key(words.plain("✏️ What it gives"), AskField(number, Field.VALUE)))
    more = [Key(words.plain("⚙️ Limits and days"), OpenConditions(number))]
    if standing.code is None:
        more.append(Key(words.plain("✏️ Name"), AskField(number, Field.NAME)))
    codes = []
    if standing.code is not None:
        codes.append(Key(words.plain("📋 {key}", key=standing.code), copy=standing.code))
        codes.append(Key(words.plain("▦ QR code"), ShowCodeLink(number)))
    if not promotion.automatic:
        codes.append(Key(words.plain("🎟 Codes that count once"), OpenCodes(number)))
    used = (Key(words.plain("🧾 Orders that used it"), OpenUses(number)),) if not never_ran(promotion) else ()
    return (
        tuple(first),
        tuple(change),
        tuple(more),
        tuple(codes),
        used,
        (ways.back(words, ListPromotions()), ways.home(words)),
    )


def codes(words: Words, standing: Standing) -> Screen:
    """Its codes that count once: how many there are and are used, and ways to more."""
    number = standing.promotion.id
    made = words("Codes that count once: {n}", n=words.number(standing.one_time))
    text = words(
        "Each puts the discount into one order. They come as a file, at most {most} at once.",
        most=words.number(MOST_CODES),
    )
    keys = tuple(Key(words.plain_n("🎟 {n} code", "🎟 {n} codes", count), MakeCodes(number, count)) for count in BATCHES)
    rows = (
        keys,
        (Key(words.plain("🎟 Another number"), AskField(number, Field.CODES)),),
        (
            (Key(words.plain("📄 All of them, as a file"), SendCodes(number)), as_workbook(words, number))
            if standing.one_time
            else ()
        ),
        (ways.back(words, OpenPromotion(number)), ways.home(words)),
    )
    head = words("🏷 <b>{name}</b> — {gives}", name=standing.promotion.name, gives=gives(words, standing.promotion))
    return Screen(f"{head}\n\n{made}\n\n{text}", rows)


def as_workbook(words: Words, promotion_id: int) -> Key:
    """All codes that count once, for a spreadsheet."""
    return Key(words.plain("📊 For Excel"), SendCodes(promotion_id, excel=True))


def gives(words: Words, promotion: Promotion) -> str:
    """What it takes off, in a few plain words."""
    if promotion.kind is PromotionKind.PERCENT:
        return f"−{words.number(promotion.value)} %"
    if promotion.kind is PromotionKind.FIXED:
        return f"−{words.money(promotion.value, promotion.currency)}"
    if promotion.kind is PromotionKind.FREE_SHIPPING:
        return words.plain("free shipping")
    return words.plain("buy {x}, get {y}", x=words.number(promotion.buy_units), y=words.number(promotion.free_units))


def conditions_of(words: Words, promotion: Promotion) -> list[str]:
    """What must be true for it to count, a line each; empty: nothing."""
    said: list[str] = []
    if promotion.automatic:
        said.append(words("Counts by itself, without a code"))
    if promotion.min_amount:
        said.append(words("From {amount} on", amount=words.money(promotion.min_amount, promotion.currency)))
    if promotion.starts_at is not None:
        said.append(words("Begins: {when}", when=words.there(promotion.starts_at, words.day(promotion.starts_at))))
    if promotion.ends_at is not None:
        last = promotion.ends_at - timedelta(microseconds=1)
        said.append(words("Ends: {when}", when=words.there(last, words.day(last))))
    if promotion.per_person is not None:
        said.append(words("For each person: {n}", n=words.number(promotion.per_person)))
    if promotion.first_order:
        said.append(words("For a first order only"))
    return said


def _for(words: Words, goods: int) -> str:
    if not goods:
        return words("For everything")
    return words.n("For {n} category or product", "For {n} categories and products", goods)


def _label(words: Words, one: Promotion) -> str:
    symbol = "✏️" if never_ran(one) else "⏸" if one.stopped_at is not None else "🏷"
    used = words.plain("{n}×", n=words.number(one.used))
    what = gives(words, one)
    name = "" if one.name.casefold() == what.casefold() else one.name[:24]
    first, *others = filter(None, (name, what, used))
    return words.row(f"{symbol} {first}", *others)
