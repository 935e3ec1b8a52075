"""Gift cards: listed by pages, looked at, disabled, issued one at a time or by the hundred."""

import asyncio
import csv
import io
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from markupsafe import escape

from bot.routing.refusals import say
from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.parts.sure import SURE, agreed
from bot.screens.parts.sure import ask as ask_back
from bot.screens.selling.giftcards import views
from bot.screens.selling.giftcards.buttons import AskIssue, DisableCard, IssueCards, ListCards, NewCard, OpenCard
from bot.screens.selling.giftcards.reading import read_cards
from bot.sending.reply import Document, Reply, Screen, Several
from db.models import Dialog, Permission
from db.money import Money
from shop import credit
from shop.credit import CardDraft
from shop.forms import dialogs
from shop.refusals import CannotRead

KIND = "issue_gift_cards"
PAGE = 8
STAMPS = 36**9
YEAR = timedelta(days=365)
COLUMNS = ("code", "value", "currency", "link")
MONEY = Permission.MONEY

router = Router()


@router.button(ListCards, for_="owner", needs=MONEY)
async def list_cards(visit: Visit, pressed: ListCards) -> Reply:
    """A page of them."""
    return await _list(visit, pressed)


@router.button(OpenCard, for_="owner", needs=MONEY)
async def open_card(visit: Visit, pressed: OpenCard) -> Reply:
    """One of them."""
    return await _card(visit, pressed.card_id)


@router.button(DisableCard, for_="owner", needs=MONEY, asks=SURE, within=SURE)
async def disable_card(visit: Visit, pressed: DisableCard) -> Reply:
    """Let nobody redeem it, after asking back."""
    async with visit.db.read() as session:
        card = await credit.look(session, visit.seller, pressed.card_id)
    if not card.left:
        return await _card(visit, card.id)
    if not pressed.sure or await agreed(visit, pressed, str(card.left)) is None:
        async with visit.db.begin() as session:
            await ask_back(session, visit, DisableCard(card.id, sure=True), str(card.left))
        return views.sure_to_disable(visit.words, card)
    async with visit.db.begin() as session:
        done = await credit.disable(session, visit.seller, card.id, now=visit.now())
    words = visit.words
    return await _card(visit, card.id, note=words("✅ Nobody can redeem it any more.") if done else "")


@router.button(NewCard, for_="owner", needs=MONEY, asks=KIND)
async def new_card(visit: Visit, _pressed: NewCard) -> Reply:
    """Ask what one is worth."""
    return await _ask(visit)


async def once_more(visit: Visit, _dialog: Dialog) -> Reply:
    """The question again."""
    return views.ask_value(visit.words, visit.policy.currency)


@router.dialog(KIND, for_="owner", needs=MONEY, leaves=CLOSES, again=once_more, takes="text")
async def take_value(visit: Visit, _dialog: Dialog, said: Said) -> Reply | None:
    """A value, and perhaps how many; what cannot be read is asked for again."""
    try:
        value, count = read_cards(said.text, visit.policy.currency)
    except CannotRead as refused:
        return await _ask(visit, problem="⚠️ " + escape(say(visit.words, refused)))
    async with visit.db.begin() as session:
        await dialogs.finish(session, visit.user, KIND)
    return _about(visit, AskIssue(value, count))


@router.button(AskIssue, for_="owner", needs=MONEY)
async def ask_issue(visit: Visit, pressed: AskIssue) -> Reply:
    """What would be issued, and a key that does."""
    return _about(visit, pressed)


@router.button(IssueCards, for_="owner", needs=MONEY)
async def issue_cards(visit: Visit, pressed: IssueCards) -> Reply:
    """Issue them once, and show the codes this one time."""
    now = visit.now()
    ends = _ends(visit, pressed.years)
    draft = CardDraft(pressed.value, visit.policy.currency, pressed.count, ends)
    said = f"card:{visit.user.id}:{pressed.stamp}"
    async with visit.db.begin() as session:
        codes = await credit.issue(session, visit.seller, draft, said=said, now=now)
    words = visit.words
    if not codes:  # tapped twice: the codes stand above
        return await _list(visit, ListCards(), note=words("These were issued already; their codes are shown once."))
    if len(codes) == 1:
        return views.issued(words, codes[0], draft, visit.link(f"gift_{codes[0]}"))
    note = words.n("✅ {n} gift card issued.", "✅ {n} gift cards issued. The file has their codes.", len(codes))
    file = await asyncio.to_thread(_file, codes, draft, [visit.link(f"gift_{code}") for code in codes])
    return Several((await _list(visit, ListCards(), note=note), file))


def _about(visit: Visit, asked: AskIssue) -> Screen:
    draft = CardDraft(asked.value, visit.policy.currency, asked.count, _ends(visit, asked.years))
    stamp = secrets.randbelow(STAMPS) + 1
    return views.sure_to_issue(visit.words, draft, asked, stamp)


def _ends(visit: Visit, years: int) -> datetime | None:
    return visit.now() + min(years, 10) * YEAR if years > 0 else None


def _file(codes: Sequence[str], draft: CardDraft, links: Sequence[str]) -> Document:
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(COLUMNS)
    value = Money(draft.value, draft.currency).major()
    table.writerows(
        (credit.grouped(code), value, draft.currency, link) for code, link in zip(codes, links, strict=True)
    )
    return Document("gift-cards.csv", text.getvalue().encode())


async def _ask(visit: Visit, *, problem: str = "") -> Screen:
    async with visit.db.begin() as session:
        await dialogs.start(session, visit.user, KIND, "value", {}, now=visit.now())
    return views.ask_value(visit.words, visit.policy.currency, problem=problem)


async def _list(visit: Visit, pressed: ListCards, *, note: str = "") -> Screen:
    async with visit.db.read() as session:
        found = await credit.list_cards(session, visit.seller, before=pressed.before, limit=PAGE + 1)
    return views.cards(visit.words, found[:PAGE], pressed, now=visit.now(), more=len(found) > PAGE, note=note)


async def _card(visit: Visit, card_id: int, *, note: str = "") -> Screen:
    async with visit.db.read() as session:
        card = await credit.look(session, visit.seller, card_id)
    return views.card(visit.words, card, now=visit.now(), note=note)
