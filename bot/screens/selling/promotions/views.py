"""Promotions as their seller sees them: the list, one with its figures, the question for a new one."""

from collections.abc import Sequence
from datetime import timedelta

from bot.screens.parts import ways
from bot.screens.selling.promotions.buttons import (
    ListPromotions,
    MakeCodes,
    NewPromotion,
    OpenPromotion,
    SetRunning,
    ShowCodeLink,
)
from bot.sending.reply import Key, Screen
from bot.words import Words
from db.models import Promotion, PromotionKind
from shop.promotions import Standing

BATCHES = (100, 1000)  # one-time codes on one tap


def listed(words: Words, found: Sequence[Promotion], *, paged: bool, following: int | None) -> Screen:
    """A page of them, each a key."""
    text = words("🏷 <b>Your promotions</b>")
    if not found:
        text += "\n\n" + words("There is none yet. A new one is a line like <code>{line}</code>", line=EXAMPLE)
    keys = tuple(
        (Key(f"{_symbol(one)} {one.name[:24]} · {gives(words, one)}", OpenPromotion(one.id)),) for one in found
    )
    previous = ListPromotions() if paged else None
    more = ListPromotions(following) if following is not None else None
    new = Key(words.plain("➕ New promotion"), NewPromotion())
    return Screen(text, (*keys, ways.pages(words, previous, more), (new,), (ways.home(words),)))


EXAMPLE = "SUMMER 20% until 31.8. min 30 limit 100"


def ask(words: Words) -> Screen:
    """Asks for a new one in a line."""
    said = [
        words("🏷 <b>A new promotion</b>"),
        words("Write it in one line: the code, what it gives, and what you like of the rest."),
        "\n".join(
            f"<code>{line}</code>"
            for line in (
                EXAMPLE,
                "WELCOME 5.00 first each 1",
                "auto free shipping min 50",
                "auto buy 2 get 1",
                "codes 15% until 31.12.",
            )
        ),
        words("“auto” needs no code. “codes” gets codes that count once each, as a file."),
    ]
    return Screen("\n\n".join(said), ((ways.back(words, ListPromotions()),),))


def one(words: Words, standing: Standing, *, link: str | None, note: str = "") -> Screen:
    """A promotion, how often it was used, and what it brought."""
    promotion, currency = standing.promotion, standing.promotion.currency
    facts: list[str] = [words("🏷 <b>{name}</b> — {gives}", name=promotion.name, gives=gives(words, promotion))]
    if promotion.stopped_at is not None:
        facts.append(words("⏸ Stopped"))
    facts += _conditions(words, promotion)
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
    running = promotion.stopped_at is None
    stop = Key(words.plain("⏸ Stop"), SetRunning(promotion.id, running=False))
    start = Key(words.plain("▶️ Start"), SetRunning(promotion.id, running=True))
    codes = tuple(
        Key(words.plain_n("🎟 {n} code", "🎟 {n} codes", count), MakeCodes(promotion.id, count)) for count in BATCHES
    )
    rows = (
        (stop if running else start,),
        *(((Key(words.plain("▦ QR code"), ShowCodeLink(promotion.id)),),) if link is not None else ()),
        *((codes,) if not promotion.automatic else ()),
        (ways.back(words, ListPromotions()), ways.home(words)),
    )
    return Screen("\n\n".join([note, *parts] if note else parts), rows)


def gives(words: Words, promotion: Promotion) -> str:
    """What it takes off, in a few plain words."""
    if promotion.kind is PromotionKind.PERCENT:
        return f"−{words.number(promotion.value)} %"
    if promotion.kind is PromotionKind.FIXED:
        return f"−{words.money(promotion.value, promotion.currency)}"
    if promotion.kind is PromotionKind.FREE_SHIPPING:
        return words.plain("free shipping")
    return words.plain("buy {x}, get {y}", x=words.number(promotion.buy_units), y=words.number(promotion.free_units))


def _conditions(words: Words, promotion: Promotion) -> list[str]:
    said: list[str] = []
    if promotion.automatic:
        said.append(words("Counts by itself, without a code"))
    if promotion.min_amount:
        said.append(words("From {amount} on", amount=words.money(promotion.min_amount, promotion.currency)))
    if promotion.starts_at is not None:
        said.append(words("Begins: {when}", when=words.day(promotion.starts_at)))
    if promotion.ends_at is not None:
        said.append(words("Ends: {when}", when=words.day(promotion.ends_at - timedelta(microseconds=1))))
    if promotion.per_person is not None:
        said.append(words("For each person: {n}", n=words.number(promotion.per_person)))
    if promotion.first_order:
        said.append(words("For a first order only"))
    return said


def _symbol(promotion: Promotion) -> str:
    return "⏸" if promotion.stopped_at is not None else "🏷"
