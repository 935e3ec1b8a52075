"""/export: what the shop holds, as a workbook or as text."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.selling.exports import views
from bot.screens.selling.exports.buttons import ChooseTable, MakeTable, OpenExports
from bot.sending.reply import Document, Gone, Reply, Several
from bot.words import mark
from db.models import Permission
from shop import exporting
from shop.exporting import Asked

MOST = 200_000  # rows of a file in the chat
LARGEST = 45 * 1024 * 1024  # bytes; Telegram takes 50 MB
ANY = (Permission.ORDERS, Permission.CATALOGUE, Permission.MONEY)

router = Router()
_one_at_a_time = asyncio.Lock()  # a workbook takes a processor for as long as it is written


@router.command(
    "export",
    for_="owner",
    needs=ANY,
    about=mark("Products, orders, customers, money or receipts as a file"),
    also="download",
)
async def export_command(visit: Visit, argument: str) -> Reply:
    """`/export`, `/export orders`, `/export money 2026-10`, `/export lines 2026-10-01 2026-10-15 csv`."""
    asked = views.read(argument)
    if asked is None:
        return views.tables(visit.words, exporting.tables_for(visit.seller), unknown=bool(argument.strip()))
    if asked.table not in exporting.tables_for(visit.seller):
        return views.tables(visit.words, exporting.tables_for(visit.seller))
    if asked.stretch is None:
        return views.periods(visit.words, asked.table, csv=asked.csv)
    return await _send(visit, Asked(asked.table, asked.stretch, asked.csv))


@router.button(OpenExports, for_="owner", needs=ANY)
async def open_exports(visit: Visit, _pressed: OpenExports) -> Reply:
    """The tables that this person may have."""
    return views.tables(visit.words, exporting.tables_for(visit.seller))


@router.button(ChooseTable, for_="owner", needs=ANY)
async def choose_table(visit: Visit, pressed: ChooseTable) -> Reply:
    """From when to when."""
    if pressed.table not in exporting.tables_for(visit.seller):
        return views.tables(visit.words, exporting.tables_for(visit.seller))
    return views.periods(visit.words, pressed.table, csv=pressed.csv)


@router.button(MakeTable, for_="owner", needs=ANY)
async def make_table(visit: Visit, pressed: MakeTable) -> Reply:
    """The file, and the question for another one below it."""
    stretch = exporting.stretch_of(pressed.span, visit.now(), visit.policy.timezone)
    gone = () if visit.message_id is None else (Gone(visit.message_id),)
    return await _send(visit, Asked(pressed.table, stretch, pressed.csv), *gone)


async def _send(visit: Visit, asked: Asked, *gone: Gone) -> Reply:
    words, zone = visit.words, visit.policy.timezone
    name = f"{asked.table.value}{f'-{asked.stretch.name}' if asked.stretch.name else ''}"
    filename = f"{name}.{'csv' if asked.csv else 'xlsx'}"
    async with _one_at_a_time:
        with TemporaryDirectory() as folder:
            path = Path(folder) / filename
            try:
                rows = await exporting.write_file(visit.db, visit.seller, asked, path, zone=zone, most=MOST)
            except exporting.TooMuch:
                return views.too_much(words, asked)
            if path.stat().st_size > LARGEST:
                return views.too_much(words, asked)
            content = await asyncio.to_thread(path.read_bytes)
    if not rows:
        return views.nothing(words, asked)
    async with visit.db.begin() as session:
        await exporting.note_export(session, visit.seller, asked, now=visit.now())
    file = Document(filename, content, views.caption(words, asked, rows, zone))
    again = views.tables(words, exporting.tables_for(visit.seller))
    return Several((file, again, *gone))
