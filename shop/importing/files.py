"""From a file, or the bytes of one, to what it says about products, and on to the intake."""

import asyncio
import hashlib
from collections.abc import Callable
from datetime import UTC, tzinfo
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from db.models import ImportRun
from db.session import Database
from shop.clock import Clock
from shop.importing.cells import Cells
from shop.importing.formats import recognised
from shop.importing.intake import Intake, Within
from shop.importing.reading import LARGEST_FILE, Unreadable, open_sheet
from shop.importing.report import ImportReport, Notes, Problem
from shop.importing.runs import Sent
from shop.importing.saying import said
from shop.importing.wanted import Wanted, everything
from shop.importing.workbook import ZIP, open_workbook
from shop.importing.writing import Tell, silent
from shop.policy import Policy

MARK = 24  # letters


async def import_file(
    db: Database,
    path: Path,
    *,
    owner_telegram_id: int | None = None,
    policy: Policy,
    clock: Clock,
    dry_run: bool = False,
    strict: bool = False,
    progress: Callable[[int, int], None] = silent,
) -> ImportReport:
    """Import a file for the seller with this Telegram id (None: whoever has its SKUs, else the first operator).

    Rows that cannot be used are set aside (`strict`: refuse the file). A file with problems changes nothing: they are
    in the report, with their lines. Raises OSError.
    """
    report = ImportReport()
    wanted = await asyncio.to_thread(_read_path, path, policy, report)
    sent = Sent(mark=await asyncio.to_thread(_mark, path), name=path.name)
    intake = Intake(db, policy, clock, owner_telegram_id=owner_telegram_id, strict=strict, progress=progress, sent=sent)
    return await intake.take(wanted, report, dry_run=dry_run)


async def import_bytes(  # noqa: PLR0913  the choices of one import
    db: Database,
    content: bytes,
    *,
    owner_telegram_id: int | None = None,
    owner_id: int | None = None,
    policy: Policy,
    clock: Clock,
    dry_run: bool = False,
    strict: bool = False,
    progress: Callable[[int, int], None] = silent,
    within: Within | None = None,
    most: int | None = None,
    sent: Sent | None = None,
    at_once: int | None = None,
) -> ImportReport:
    """As `import_file`, for content that is already here (an upload); `owner_id` is the id of a `users` row.

    `within` runs in the transaction before anything is written; `most` products and variants are taken. What has more
    than `at_once` of them is only begun, and written by `going_on`, which reads it from where it was `sent`.
    """
    report = ImportReport()
    wanted = await asyncio.to_thread(read_content, content, policy.currency, report, zone=policy.timezone)
    if most is not None and len(everything(wanted)) > most:
        report.problems.append(
            Problem(
                0,
                said(
                    "{n} products and variants; at most {most} at once",
                    n=format(len(everything(wanted)), ","),
                    most=format(most, ","),
                ),
            )
        )
    intake = Intake(
        db,
        policy,
        clock,
        owner_telegram_id=owner_telegram_id,
        owner_id=owner_id,
        strict=strict,
        progress=progress,
        within=within,
        sent=sent or Sent(mark=mark_of(content)),
        at_once=at_once,
    )
    return await intake.take(wanted, report, dry_run=dry_run)


async def resume(
    db: Database, run: ImportRun, content: bytes, *, policy: Policy, clock: Clock, tell: Tell
) -> ImportReport:
    """Write what is left of a list that was begun; `tell` is called after each page, with the id of the run."""
    report = ImportReport()
    wanted = await asyncio.to_thread(read_content, content, policy.currency, report, zone=policy.timezone)
    await Intake(db, policy, clock, owner_id=run.owner_id).resume(run, wanted, report, tell)
    return report


def read_content(content: bytes, currency: str, report: ImportReport, *, zone: tzinfo = UTC) -> list[Wanted]:
    """What the file says; problems, rows set aside and notes are added to the report."""
    return _read(BytesIO(content), len(content), currency, report, zone)


def mark_of(content: bytes) -> str:
    """Which file it is, short enough for a button."""
    return hashlib.sha256(content).hexdigest()[:MARK]


def _mark(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:MARK]


def _read_path(path: Path, policy: Policy, report: ImportReport) -> list[Wanted]:
    with path.open("rb") as stream:
        return _read(stream, path.stat().st_size, policy.currency, report, policy.timezone)


def _read(stream: BinaryIO, size: int, currency: str, report: ImportReport, zone: tzinfo) -> list[Wanted]:
    if size > LARGEST_FILE:
        report.problems.append(Problem(0, said("larger than {largest_file} MB", largest_file=LARGEST_FILE // 1024**2)))
        return []
    notes = Notes()
    try:
        is_workbook = stream.read(len(ZIP)) == ZIP
        stream.seek(0)
        sheet = open_workbook(stream, report.aside) if is_workbook else open_sheet(stream, report.aside)
        if sheet.remark:
            notes.add(sheet.remark)
        form, report.recognised = recognised(sheet)
        report.source = form.name
        wanted = form.read(sheet, Cells(currency, report.aside, notes, zone=zone))
    except Unreadable as unreadable:
        report.problems.append(unreadable.problem)
        return []
    report.notes = notes.all()
    if not wanted and not report.aside:
        report.problems.append(Problem(0, said("there is no product in it")))
    return wanted
