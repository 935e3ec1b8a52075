"""`python -m bench` measures it all and keeps it as JSON; `python -m bench compare BEFORE AFTER` judges a change."""

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import uvloop
from rich.console import Console

from app import logs
from bench import burst, checkouts, desk, outbox, report, size, soak, starting, taps
from bench.measurement import Measurement, Plan
from tests.world.databases import Databases
from tests.world.servers import find

MEASUREMENTS: tuple[Measurement, ...] = (
    taps.TAPS,
    checkouts.CHECKOUTS,
    outbox.OUTBOX,
    starting.STARTING,
    desk.DESK,
    burst.BURST,
    soak.SOAK,
    size.SIZE,  # the longest
)
RESULTS = Path("build/bench.json")


def main(words: Sequence[str]) -> int:
    """Do what the command line asks for; the exit code."""
    arguments = _parser().parse_args(words)
    logs.configure("error")
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
    if arguments.command == "compare":
        worse = report.compare(report.load(arguments.before), report.load(arguments.after), MEASUREMENTS, console)
        console.print(f"{worse} figures got worse by more than {report.NOISE:.0%}.")
        return 1 if worse else 0
    chosen = [one for one in MEASUREMENTS if not arguments.only or one.name in arguments.only]
    try:
        uvloop.run(_measure(chosen, arguments, console))
    except asyncio.CancelledError:
        console.print("Stopped; what was measured so far is kept.")
        return 128 + signal.SIGTERM
    return 0


async def _measure(chosen: Sequence[Measurement], arguments: argparse.Namespace, console: Console) -> None:
    if measuring := asyncio.current_task():  # stopped by a signal, it still ends its bots and drops its databases
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, measuring.cancel)
    servers = await asyncio.to_thread(find)
    console.print(servers.headline())
    results: report.Results = {}
    with servers.started:
        databases = Databases(servers.urls, "bench")
        try:
            kinds = tuple(kind for kind in servers.urls if not arguments.databases or kind in arguments.databases)
            plan = Plan(databases, kinds, arguments.quick, arguments.soak, lambda line: _say(console, line))
            for measurement in chosen:
                results[measurement.name] = await measurement.run(plan)
                report.show(measurement, results[measurement.name], console)
                report.save(results, arguments.json, quick=plan.quick)
        finally:
            databases.close()
    console.print(f"Kept in {arguments.json}")


def _say(console: Console, line: str) -> None:
    console.print(line, style="dim")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    names = [one.name for one in MEASUREMENTS]
    parser.add_argument("--quick", action="store_true", help="a look in about a minute: fewer and shorter windows")
    parser.add_argument("--only", nargs="+", choices=names, metavar="NAME", help=f"some of: {', '.join(names)}")
    parser.add_argument("--databases", nargs="+", metavar="KIND", help="some of: sqlite, postgresql, mariadb")
    parser.add_argument("--soak", type=float, default=0.5, metavar="MINUTES", help="how long memory is watched")
    parser.add_argument("--json", type=Path, default=RESULTS, metavar="FILE", help=f"where results go ({RESULTS})")
    commands = parser.add_subparsers(dest="command", metavar="compare BEFORE AFTER")
    two = commands.add_parser("compare", help="judge one results file against another")
    two.add_argument("before", type=Path)
    two.add_argument("after", type=Path)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
