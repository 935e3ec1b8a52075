"""`storefront doctor`: the configuration, the database, and every promise of the shop."""

import asyncio
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from app.cli.options import ConfigFile, read
from app.cli.printing import say
from app.cli.trouble import reason

if TYPE_CHECKING:
    from app.cli.set_in_chat import InChat
    from app.config import Config

SICK = 1  # exit code: something is wrong, and every line says what to do


def doctor(config: ConfigFile = None) -> None:
    """Check configuration, database and every promise of the shop; changes nothing."""
    settings = read(config)
    typer.secho("✓ The configuration is right.", fg="green")
    sick = asyncio.run(_examine(settings))
    if sick:
        raise typer.Exit(SICK)


async def _examine(config: "Config") -> bool:
    from sqlalchemy.exc import DBAPIError

    from app.cli.set_in_chat import look
    from app.config.policy import policy
    from db.migrate import current, head
    from db.session import Database
    from shop.clock import SystemClock
    from shop.doctor import CHECKS
    from shop.privacy.retention import overdue
    from shop.products.currency import ForeignGoods, find_foreign

    url = config.database.url.reveal()
    try:
        revision = await current(url)
    except (DBAPIError, OSError) as error:
        _tell("The database does not answer", [f"{reason(error)}. Is it running, and is database.url right?"])
        return True
    if revision is None:
        _tell("The database has no tables yet", ["Make them with: storefront migrate"])
        return True
    if revision != head():
        _tell("The database has the tables of another version", ["Bring it up to date with: storefront migrate"])
        return True
    typer.secho("✓ The database answers and has the right tables.", fg="green")
    database = Database(url)
    sick = _is_open_to_others(url)
    try:
        async with database.read() as session:
            if (found := await find_foreign(session, config.shop.currency)) is not None:
                sick = True
                _tell("Goods and orders are in the shop's currency", [str(ForeignGoods(config.shop.currency, found))])
            sick = _settings(await look(config, database)) or sick
            sick = _kept_too_long(await overdue(session, policy(config), now=SystemClock().now())) or sick
            for check in CHECKS:
                findings = await check(session, SystemClock().now())
                promise = (check.__doc__ or check.__name__).strip()
                if findings:
                    sick = True
                    _tell(promise, [str(finding) for finding in findings])
                else:
                    typer.secho(f"✓ {promise}", fg="green")
    finally:
        await database.close()
    return sick


def _settings(found: "InChat") -> bool:
    """Whether something set in the chat does not hold; what holds is told, too."""
    promise = "What is set in the chat is right, and wins over the configuration."
    if found.refused:
        _tell(promise, list(found.refused))
    else:
        typer.secho(f"✓ {promise}", fg="green")
    for line in found.holding:
        say(f"    {line}")
    return bool(found.refused)


def _kept_too_long(found: list[str]) -> bool:
    """Whether the schedule leaves lying what it should remove."""
    promise = "What was kept long enough is removed."
    if found:
        _tell(promise, [f"{one}. Is the shop running? The log says what the schedule stumbled over" for one in found])
    else:
        typer.secho(f"✓ {promise}", fg="green")
    return bool(found)


def _is_open_to_others(url: str) -> bool:
    """Whether others on this machine can read the file of a SQLite database: names and addresses are in it."""
    from sqlalchemy import make_url

    address = make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        return False
    file = Path(address.database)
    is_open = bool(file.stat().st_mode & stat.S_IROTH)
    if is_open:
        _tell("Others on this machine can read the database", [f"Names and addresses are in it: chmod 600 {file}*"])
    return is_open


def _tell(promise: str, findings: list[str]) -> None:
    typer.secho(f"✗ {promise}", fg="red", bold=True)
    for finding in findings:
        typer.echo(f"    {finding}")
