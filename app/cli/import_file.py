"""`storefront import`: a catalogue from a CSV file, all of it or nothing."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.options import ConfigFile, read

if TYPE_CHECKING:
    from app.config import Config
    from shop.importing import ImportReport, ProductDiff

REFUSED = 1  # exit code: the file has problems, nothing was imported
SHOWN = 50  # products of a dry run that are listed one by one


def import_file(
    file: Annotated[
        Path, typer.Argument(help="Our own columns, or Shopify's product export", exists=True, dir_okay=False)
    ],
    config: ConfigFile = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing")] = False,
    owner: Annotated[
        int | None, typer.Option(help="Telegram id of the seller; else the first of shop.operators", min=1)
    ] = None,
) -> None:
    """Import products; a file with problems is refused with their lines, and nothing of it is kept."""
    report = asyncio.run(_import(read(config), file, owner=owner, dry_run=dry_run))
    for note in report.notes:
        typer.secho(f"  Note: {note}", fg="yellow", err=True)
    if not report.ok:
        count = len(report.problems)
        typer.secho(
            f"{file}: {count} {'problem' if count == 1 else 'problems'}; nothing was imported.", fg="red", err=True
        )
        for problem in report.problems:
            typer.echo(f"  {problem}", err=True)
        raise typer.Exit(REFUSED)
    if dry_run:
        _show_difference(report)
    typer.secho(_summary(report, dry_run=dry_run), fg="green")


async def _import(config: "Config", file: Path, *, owner: int | None, dry_run: bool) -> "ImportReport":
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    from app.cli.database import opened
    from app.config.policy import policy
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
                policy=policy(config),
                clock=SystemClock(),
                dry_run=dry_run,
                progress=advance,
            )


def _show_difference(report: "ImportReport") -> None:
    from shop.importing import Verdict

    changed = [diff for diff in report.diffs if diff.verdict is not Verdict.UNCHANGED]
    for diff in changed[:SHOWN]:
        typer.echo(_line(diff))
        for change in diff.changes:
            typer.echo(f"        {change.field}: {change.before or '–'} → {change.after or '–'}")
    if len(changed) > SHOWN:
        typer.echo(f"  … and {len(changed) - SHOWN} more")


def _line(diff: "ProductDiff") -> str:
    return f"  line {diff.line:<6} {diff.verdict:<8} {'  ' if diff.is_variant else ''}{diff.sku}  {diff.name}"


def _summary(report: "ImportReport", *, dry_run: bool) -> str:
    from shop.importing import Verdict

    counts = []
    for verdict in Verdict:
        variants = report.count(verdict, variants=True)
        also = f" (+ {variants} {'variant' if variants == 1 else 'variants'})" if variants else ""
        counts.append(f"{report.count(verdict)} {verdict}{also}")
    return f"{'Would import' if dry_run else 'Imported'}: {', '.join(counts)}."
