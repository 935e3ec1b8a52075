"""`storefront import`: a catalogue from a CSV file or an Excel workbook, page by page, and the way back."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.import_undo import undo_last
from app.cli.options import ConfigFile, read
from app.cli.printing import say

if TYPE_CHECKING:
    from app.config import Config
    from shop.importing import ImportReport, Problem, ProductDiff

REFUSED = 1  # exit code: nothing was imported
SHOWN = 50  # products of a dry run, and reasons, that are listed one by one
LINES = 20  # lines that are named for a reason


def import_file(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="CSV or XLSX: the products of Shopify, WooCommerce or Wix, or our own columns",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    config: ConfigFile = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Refuse the whole file where a row of it cannot be used")
    ] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help="Put back what the last list changed; within an hour, and without FILE")
    ] = False,
    owner: Annotated[
        int | None,
        typer.Option(help="Telegram id of the seller; else who has these goods, or the first operator", min=1),
    ] = None,
) -> None:
    """Import products; rows that cannot be used are set aside and named, the others come in.

    What was stopped in the middle goes on when the same file is imported again.
    """
    if undo or file is None:
        if not undo or file is not None:
            say("Name a file, or --undo alone: storefront import products.csv", color="red", err=True)
            raise typer.Exit(2)
        asyncio.run(undo_last(read(config), owner))
        return
    report = asyncio.run(_import(read(config), file, owner=owner, dry_run=dry_run, strict=strict))
    if report.recognised:
        say(f"{file} is {report.recognised}.")
    for note in report.notes:
        say(f"  Note: {note}.", color="yellow", err=True)
    if report.aside:
        rows = "1 row is" if len(report.aside) == 1 else f"{len(report.aside):,} rows are"
        say(f"  {rows} set aside:", color="yellow", err=True)
        _list(report.aside)
    if not report.ok:
        say(f"{file}: nothing was imported.", color="red", err=True)
        _list(report.problems)
        raise typer.Exit(REFUSED)
    if dry_run:
        _show_difference(report)
    say(_summary(report, dry_run=dry_run), color="green")


async def _import(config: "Config", file: Path, *, owner: int | None, dry_run: bool, strict: bool) -> "ImportReport":
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    from app.cli.database import opened
    from app.settings import effective
    from shop.clock import SystemClock
    from shop.importing import import_file as import_into

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        *Progress.get_default_columns()[1:2],
        MofNCompleteColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("Reading", total=None)

        def advance(done: int, total: int) -> None:
            progress.update(task, description="Importing", completed=done, total=total)

        async with opened(config) as database:
            return await import_into(
                database,
                file,
                owner_telegram_id=owner,
                policy=await effective(config, database),
                clock=SystemClock(),
                dry_run=dry_run,
                strict=strict,
                progress=advance,
            )


def _list(problems: "list[Problem]") -> None:
    """What is wrong, each reason once, with the lines and products it is about."""
    by_reason: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        by_reason.setdefault((problem.column, problem.message), []).append(problem)
    for alike in list(by_reason.values())[:SHOWN]:
        if len(alike) == 1:
            say(f"    {alike[0]}", err=True)
            continue
        reason = f"{alike[0].column}: {alike[0].message}" if alike[0].column else alike[0].message
        where = ", ".join(f"{each.line} ({each.product})" if each.product else f"{each.line}" for each in alike[:LINES])
        more = f" and {len(alike) - LINES:,} more" if len(alike) > LINES else ""
        say(f"    lines {where}{more}, {reason}", err=True)
    if len(by_reason) > SHOWN:
        say(f"    … and {len(by_reason) - SHOWN:,} more reasons", err=True)


def _show_difference(report: "ImportReport") -> None:
    from shop.importing import Verdict

    changed = [diff for diff in report.diffs if diff.verdict is not Verdict.UNCHANGED]
    for diff in changed[:SHOWN]:
        say(_line(diff))
        for change in diff.changes:
            say(f"        {change.field}: {change.before or '–'} → {change.after or '–'}")
    if len(changed) > SHOWN:
        say(f"  … and {len(changed) - SHOWN:,} more")


def _line(diff: "ProductDiff") -> str:
    return f"  line {diff.line:<6} {diff.verdict:<8} {'  ' if diff.is_variant else ''}{diff.sku}  {diff.name}"


def _summary(report: "ImportReport", *, dry_run: bool) -> str:
    from shop.importing import Verdict

    counts = []
    for verdict in Verdict:
        variants = report.count(verdict, variants=True)
        also = f" (+ {variants:,} {'variant' if variants == 1 else 'variants'})" if variants else ""
        counts.append(f"{report.count(verdict):,} {verdict}{also}")
    return f"{'Would import' if dry_run else 'Imported'}: {', '.join(counts)}. Sold by {', '.join(report.sellers)}."
