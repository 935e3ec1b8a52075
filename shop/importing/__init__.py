"""Importing products from a CSV file: Shopify's export or our own columns, all of it or nothing."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from db.session import Database
from shop.clock import Clock
from shop.importing.applying import Applying
from shop.importing.cells import Cells
from shop.importing.compare import Plan, diffs, plan
from shop.importing.own import COLUMNS, is_own, read_own
from shop.importing.reading import read_sheet
from shop.importing.report import Change, ImportReport, Problem, ProductDiff, Verdict
from shop.importing.seller import find_seller, make_seller
from shop.importing.shopify import is_shopify, read_shopify
from shop.importing.stored import load_stored
from shop.importing.wanted import Wanted
from shop.policy import Policy
from shop.queues import queue_up

__all__ = ["Change", "ImportReport", "Problem", "ProductDiff", "Verdict", "find_seller", "import_bytes", "import_file"]


def _silent(_done: int, _total: int) -> None:
    """Nobody watches."""


async def import_file(
    db: Database,
    path: Path,
    *,
    owner_telegram_id: int | None = None,
    policy: Policy,
    clock: Clock,
    dry_run: bool = False,
    progress: Callable[[int, int], None] = _silent,
) -> ImportReport:
    """Import a file for the seller with this Telegram id (None: the first operator, else the shop itself).

    A file with problems changes nothing: they are all in the report, with their lines. Raises OSError.
    """
    content = await asyncio.to_thread(path.read_bytes)
    return await import_bytes(
        db, content, owner_telegram_id=owner_telegram_id, policy=policy, clock=clock, dry_run=dry_run, progress=progress
    )


async def import_bytes(
    db: Database,
    content: bytes,
    *,
    owner_telegram_id: int | None = None,
    owner_id: int | None = None,
    policy: Policy,
    clock: Clock,
    dry_run: bool = False,
    progress: Callable[[int, int], None] = _silent,
) -> ImportReport:
    """As `import_file`, for content that is already here (an upload); `owner_id` is the id of a `users` row."""
    report = ImportReport()
    wanted = await asyncio.to_thread(read_content, content, policy.currency, report)
    _refuse_doubles(wanted, report)

    async def look(session: AsyncSession) -> tuple[int, list[Plan]]:
        owner = owner_id or await find_seller(session, owner_telegram_id, policy) or 0
        return owner, await _plan(session, owner, wanted, report)

    async with db.read() as session:
        _, plans = await look(session)
    report.problems.sort()
    report.notes.sort()
    report.diffs = diffs(plans)
    if report.problems or dry_run:
        return report

    async def write(session: AsyncSession) -> list[Plan]:
        await queue_up(session, "import", now=clock.now())
        owner = owner_id or await make_seller(session, owner_telegram_id, policy, now=clock.now())
        fresh = await _plan(session, owner, wanted, report)
        applying = Applying(session, owner, low_stock_at=policy.low_stock_at, now=clock.now(), progress=progress)
        if not report.problems:
            await applying.apply(fresh)
        return fresh

    try:
        report.diffs = diffs(await db.transact(write))
    except IntegrityError:
        report.problems.append(Problem(0, "the catalogue was changed by somebody else at the same moment; try again"))
    report.applied = report.ok
    return report


def read_content(content: bytes, currency: str, report: ImportReport) -> list[Wanted]:
    """What the file says; problems and notes are added to the report."""
    sheet = read_sheet(content, report.problems)
    if sheet is None:
        return []
    cells = Cells(report.problems, report.notes)
    if is_shopify(sheet):
        report.source = "shopify"
        wanted = read_shopify(sheet, cells, currency)
    elif is_own(sheet):
        report.source = "own"
        wanted = read_own(sheet, cells, currency)
    else:
        known = ", ".join(COLUMNS)
        given = ", ".join(column[:30] for column in sheet.columns[:8])
        report.problems.append(
            Problem(1, f"these columns say nothing about products: {given}. Known are Shopify's export and: {known}")
        )
        return []
    if not wanted and not report.problems:
        report.problems.append(Problem(0, "there is no product in it"))
    return wanted


def _refuse_doubles(wanted: list[Wanted], report: ImportReport) -> None:
    seen: dict[str, int] = {}
    for one in (each for top in wanted for each in (top, *top.variants)):
        if one.sku in seen:
            hint = " (it was made from the name: write one for each)" if one.guessed else ""
            report.problems.append(
                Problem(one.line, f"the SKU {one.sku!r} is already on line {seen[one.sku]}{hint}", "SKU")
            )
        seen.setdefault(one.sku, one.line)


async def _plan(session: AsyncSession, owner_id: int, wanted: list[Wanted], report: ImportReport) -> list[Plan]:
    every = [one for top in wanted for one in (top, *top.variants)]
    skus = {one.sku for one in every} | {one.known_as for one in every if one.known_as}
    return plan(wanted, await load_stored(session, owner_id, skus), report.problems)
