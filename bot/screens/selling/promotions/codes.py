"""Codes that count once: made by the hundred or the thousand, handed out as a file."""

import asyncio
import csv
import io
from collections.abc import Iterable

from msgspec.structs import replace

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.parts.links import qr_code
from bot.screens.selling.promotions import views
from bot.screens.selling.promotions.buttons import MakeCodes, OpenCodes, SendCodes, ShowCodeLink
from bot.sending.reply import Document, Reply
from db.models import Permission
from shop import promotions
from shop.importing.tables import ExcelTable
from shop.refusals import NotFound

COLUMNS = ("code", "link", "used")

router = Router()


@router.button(OpenCodes, for_="owner", needs=Permission.PROMOTION)
async def open_codes(visit: Visit, pressed: OpenCodes) -> Reply:
    """How many there are, and ways to more."""
    async with visit.db.read() as session:
        standing = await promotions.look(session, visit.seller, pressed.promotion_id)
    return views.codes(visit.words, standing)


@router.button(MakeCodes, for_="owner", needs=Permission.PROMOTION, stays=True)
async def make(visit: Visit, pressed: MakeCodes) -> Reply:
    """Codes that count once each, as a file."""
    return send_made(visit, pressed.promotion_id, await make_codes(visit, pressed.promotion_id, pressed.count))


@router.button(SendCodes, for_="owner", needs=Permission.PROMOTION, stays=True)
async def send_all(visit: Visit, pressed: SendCodes) -> Reply:
    """All of them, and which are used."""
    async with visit.db.read() as session:
        made = await promotions.made_codes(session, visit.seller, pressed.promotion_id)
    rows = [(one.code, one.used) for one in made]
    if pressed.excel:
        return await _workbook(visit, pressed.promotion_id, rows)
    return _file(visit, pressed.promotion_id, rows)


@router.button(ShowCodeLink, for_="owner", needs=Permission.PROMOTION, stays=True)
async def show_code_link(visit: Visit, pressed: ShowCodeLink) -> Reply:
    """The link as a picture to print."""
    async with visit.db.read() as session:
        standing = await promotions.look(session, visit.seller, pressed.promotion_id)
    if standing.code is None:
        raise NotFound(promotion_id=pressed.promotion_id)
    return Document(f"{standing.promotion.id}.png", await qr_code(visit.link(f"promo_{standing.code}")))


async def make_codes(visit: Visit, promotion_id: int, count: int) -> list[str]:
    """So many new ones. Raises NotFound, NotPermitted, TooManyCodesMade."""
    async with visit.db.begin() as session:
        return await promotions.generate(session, visit.seller, promotion_id, count, now=visit.now())


def send_made(visit: Visit, promotion_id: int, codes: Iterable[str]) -> Document:
    """A file of new codes, with a key to all of them as a workbook."""
    made = _file(visit, promotion_id, ((code, False) for code in codes))
    return replace(made, keyboard=((views.as_workbook(visit.words, promotion_id),),))


def _file(visit: Visit, promotion_id: int, codes: Iterable[tuple[str, bool]]) -> Document:
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(COLUMNS)
    table.writerows((code, visit.link(f"promo_{code}"), int(used)) for code, used in codes)
    return Document(f"codes-{promotion_id}.csv", text.getvalue().encode())


async def _workbook(visit: Visit, promotion_id: int, codes: Iterable[tuple[str, bool]]) -> Document:
    rows = [(code, visit.link(f"promo_{code}"), int(used)) for code, used in codes]

    def write() -> bytes:
        out = io.BytesIO()
        table = ExcelTable(out, COLUMNS, title="codes", zone=visit.policy.timezone)
        table.add(rows)
        table.close()
        return out.getvalue()

    return Document(f"codes-{promotion_id}.xlsx", await asyncio.to_thread(write))
