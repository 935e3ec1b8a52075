"""Gift cards as their seller sees them: what each is worth, what became of it, and its code when it is issued."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.screens.parts import ways
from bot.screens.selling.customers.buttons import OpenCustomer
from bot.screens.selling.giftcards.buttons import AskIssue, DisableCard, IssueCards, ListCards, NewCard, OpenCard
from bot.sending.reply import Key, Screen
from bot.words import Html, Words
from shop.credit import Card, CardDraft, grouped

COUNTS = (1, 10, 100)
YEARS = (0, 1, 3)


def cards(
    words: Words, found: Sequence[Card], at: ListCards, *, now: datetime, more: bool, note: Html | str = ""
) -> Screen:
    """A page of them, the newest first; `note` (HTML): what was just done."""
    parts = [note, words("🎁 <b>Gift cards</b>")]
    if not found:
        parts.append(words("None yet. A gift card is a code that becomes credit in your shop, once."))
    rows = [(Key(_label(words, card, now), OpenCard(card.id)),) for card in found]
    first = ListCards() if at.before is not None else None
    older = ListCards(found[-1].id) if more else None
    new = Key(words.plain("➕ Issue gift cards"), NewCard(), style="primary")
    return Screen(
        "\n\n".join(str(part) for part in parts if part),
        (*rows, ways.pages(words, first, older), (new,), (ways.home(words),)),
    )


def card(words: Words, one: Card, *, now: datetime, note: Html | str = "") -> Screen:
    """One of them; its code is nowhere."""
    amount = words.money(one.value, one.currency)
    parts = [
        note,
        words(
            "🎁 <b>Gift card</b> · {amount}\nIts code ends with <code>{ending}</code>.",
            amount=amount,
            ending=one.ending,
        ),
        words("{state}", state=_state(words, one, now)),
        words("Left: {amount}", amount=words.money(one.left, one.currency)),
        words("Issued on {day}.", day=words.date(one.created_at)),
    ]
    if one.expires_at is not None:
        parts.append(words("Good until {day}.", day=words.date(one.expires_at)))
    rows: list[tuple[Key, ...]] = []
    if one.holder_id is not None:
        rows.append((Key(words.plain("👤 Who redeemed it"), OpenCustomer(one.holder_id)),))
    if one.left:
        rows.append((Key(words.plain("⏸ Disable it"), DisableCard(one.id)),))
    return Screen(
        "\n\n".join(str(part) for part in parts if part),
        (*rows, (ways.back(words, ListCards()), ways.home(words))),
    )


def sure_to_disable(words: Words, one: Card) -> Screen:
    """Asks before a card that somebody may have paid for is worth nothing."""
    text = words(
        "⏸ Disable the gift card of {amount} that ends with <code>{ending}</code>?\n\n"
        "Whoever holds it can redeem it no more. This cannot be undone.",
        amount=words.money(one.value, one.currency),
        ending=one.ending,
    )
    yes = Key(words.plain("⏸ Disable it"), DisableCard(one.id, sure=True), style="danger")
    return Screen(text, ((yes,), (ways.back(words, OpenCard(one.id)),)))


def ask_value(words: Words, currency: str, *, problem: str = "") -> Screen:
    """What one is worth; `problem` (HTML): why the last answer would not do."""
    text = words(
        "🎁 What shall a gift card be worth? Write it like <code>25</code>, or <code>25 x 100</code> for a hundred of "
        "them.\n\nAmounts are in {currency}.",
        currency=currency,
    )
    said = [part for part in (problem, text) if part]
    return Screen("\n\n".join(said), ((ways.back(words, ListCards()),),))


def sure_to_issue(words: Words, draft: CardDraft, asked: AskIssue, stamp: int) -> Screen:
    """What would be issued; how many and for how long are a tap each."""
    amount = words.money(draft.value, draft.currency)
    all_of_them = words.money(draft.value * draft.count, draft.currency)
    parts = [
        words.n(
            "🎁 {n} gift card of {amount}.",
            "🎁 {n} gift cards of {amount} each, {all} in all.",
            draft.count,
            amount=amount,
            all=all_of_them,
        ),
        words("Good until {day}.", day=words.date(draft.expires_at))
        if draft.expires_at is not None
        else words("Good without an end."),
        words(
            "Whoever has the code can spend it in your shop, once. The shop keeps no code: it is shown this one time."
        ),
    ]
    counts = tuple(
        Key(("● " if count == asked.count else "") + words.number(count), replace(asked, count=count))
        for count in sorted({*COUNTS, asked.count})
    )
    ends = tuple(
        Key(
            ("● " if years == asked.years else "")
            + (words.plain_n("{n} year", "{n} years", years) if years else words.plain("No end")),
            replace(asked, years=years),
        )
        for years in YEARS
    )
    yes = Key(
        words.plain("✅ Issue · {amount}", amount=all_of_them),
        IssueCards(asked.value, asked.count, asked.years, stamp),
        style="success",
    )
    return Screen("\n\n".join(parts), ((yes,), counts, ends, (ways.back(words, ListCards()), ways.home(words))))


def issued(words: Words, code: str, draft: CardDraft, link: str) -> Screen:
    """The code, this one time."""
    shown = grouped(code)
    parts = [
        words("🎁 <b>Gift card</b> · {amount}", amount=words.money(draft.value, draft.currency)),
        words("<code>{code}</code>", code=shown),
        words("This link redeems it with one tap:\n<code>{link}</code>", link=link),
        words("⚠️ Hand it on now: the code is not shown again."),
    ]
    if draft.expires_at is not None:
        parts.insert(2, words("Good until {day}.", day=words.date(draft.expires_at)))
    keys = (
        (Key(words.plain("📋 {key}", key=shown), copy=shown),),
        (Key(words.plain("🎁 Gift cards"), ListCards()), ways.home(words)),
    )
    return Screen("\n\n".join(parts), keys)


def _label(words: Words, one: Card, now: datetime) -> str:
    left = words.money(one.value, one.currency)
    return words.row(f"{left} · …{one.ending}", _state(words, one, now))


def _state(words: Words, one: Card, now: datetime) -> str:
    if one.redeemed_at is not None:
        return words.plain("redeemed by {name}", name=one.holder or words.plain("somebody who left"))
    if one.disabled_at is not None:
        return words.plain("disabled")
    if one.expires_at is not None and one.expires_at <= now:
        return words.plain("its time is over")
    return words.plain("not redeemed yet")
