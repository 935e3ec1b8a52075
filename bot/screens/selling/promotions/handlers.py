"""Promotions: the list, a new one, one with its figures, stopping and starting, codes as a file, the QR code."""

import asyncio
import io

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.selling.promotions import views
from bot.screens.selling.promotions.buttons import (
    ListPromotions,
    MakeCodes,
    NewPromotion,
    OpenPromotion,
    SetRunning,
    ShowCodeLink,
)
from bot.screens.selling.promotions.line import read_line
from bot.sending.reply import Document, Reply, Screen
from bot.words import mark
from db.models import Dialog, Permission
from shop import promotions
from shop.forms import dialogs
from shop.products.sale_days import today
from shop.refusals import NotFound

KIND = "new_promotion"
PAGE = 8

router = Router()


@router.command("promo", for_="owner", needs=Permission.PROMOTION, about=mark("Codes and offers"))
async def promo(visit: Visit, argument: str) -> Reply:
    """`/promo` lists; `/promo new SUMMER 20% until 31.8. min 30 limit 100` makes one."""
    word, _, line = argument.strip().partition(" ")
    if not word:
        return await _list(visit, None)
    return await _make(visit, line if word.casefold() == "new" else argument.strip())


@router.button(ListPromotions, for_="owner", needs=Permission.PROMOTION)
async def list_promotions(visit: Visit, pressed: ListPromotions) -> Reply:
    """A page of them."""
    return await _list(visit, pressed.before)


@router.button(NewPromotion, for_="owner", needs=Permission.PROMOTION, asks=KIND)
async def new_promotion(visit: Visit, _pressed: NewPromotion) -> Reply:
    """Ask for the line."""
    async with visit.db.begin() as session:
        await dialogs.start(session, visit.user, KIND, "line", {}, now=visit.now())
    return views.ask(visit.words)


async def once_more(visit: Visit, _dialog: Dialog) -> Reply:
    """The question again."""
    return views.ask(visit.words)


@router.dialog(KIND, for_="owner", needs=Permission.PROMOTION, leaves=CLOSES, again=once_more)
async def take_line(visit: Visit, _dialog: Dialog, said: Said) -> Reply | None:
    """Make it; a line that cannot be read leaves the question open."""
    return await _make(visit, said.text, asked=True)


@router.button(OpenPromotion, for_="owner", needs=Permission.PROMOTION)
async def open_promotion(visit: Visit, pressed: OpenPromotion) -> Reply:
    """One of them."""
    return await _show(visit, pressed.promotion_id)


@router.button(SetRunning, for_="owner", needs=Permission.PROMOTION)
async def set_running(visit: Visit, pressed: SetRunning) -> Reply:
    """It runs, or runs no more."""
    async with visit.db.begin() as session:
        await promotions.set_running(
            session, visit.seller, pressed.promotion_id, running=pressed.running, now=visit.now()
        )
    return await _show(visit, pressed.promotion_id)


@router.button(MakeCodes, for_="owner", needs=Permission.PROMOTION, stays=True)
async def make_codes(visit: Visit, pressed: MakeCodes) -> Reply:
    """Codes that count once each, as a file."""
    async with visit.db.begin() as session:
        codes = await promotions.generate(session, visit.seller, pressed.promotion_id, pressed.count, now=visit.now())
    lines = ["code,link", *(f"{code},{visit.link(f'promo_{code}')}" for code in codes)]
    return Document(f"codes-{pressed.promotion_id}.csv", ("\r\n".join(lines) + "\r\n").encode())


@router.button(ShowCodeLink, for_="owner", needs=Permission.PROMOTION, stays=True)
async def show_code_link(visit: Visit, pressed: ShowCodeLink) -> Reply:
    """The link as a picture to print."""
    async with visit.db.read() as session:
        standing = await promotions.look(session, visit.seller, pressed.promotion_id)
    if standing.code is None:
        raise NotFound(promotion_id=pressed.promotion_id)
    picture = await asyncio.to_thread(_qr, visit.link(f"promo_{standing.code}"))
    return Document(f"{standing.promotion.id}.png", picture)


def _qr(link: str) -> bytes:
    import segno  # noqa: PLC0415  loaded when it is used

    picture = io.BytesIO()
    segno.make(link, error="m", micro=False).save(picture, kind="png", scale=10, border=4)
    return picture.getvalue()


async def _make(visit: Visit, line: str, *, asked: bool = False) -> Reply:
    zone = visit.policy.timezone
    draft = read_line(line, visit.policy.currency, today(visit.now(), zone), zone)
    async with visit.db.begin() as session:
        made = await promotions.create(session, visit.seller, draft, now=visit.now())
        if asked:
            await dialogs.finish(session, visit.user, KIND)
    return await _show(visit, made.id, note=visit.words("✅ The promotion runs."))


async def _show(visit: Visit, promotion_id: int, *, note: str = "") -> Screen:
    async with visit.db.read() as session:
        standing = await promotions.look(session, visit.seller, promotion_id)
    link = visit.link(f"promo_{standing.code}") if standing.code is not None else None
    return views.one(visit.words, standing, link=link, note=note)


async def _list(visit: Visit, before: int | None) -> Screen:
    async with visit.db.read() as session:
        found = await promotions.list_promotions(session, visit.seller, before=before, limit=PAGE + 1)
    following = found[PAGE - 1].id if len(found) > PAGE else None
    return views.listed(visit.words, found[:PAGE], paged=before is not None, following=following)
