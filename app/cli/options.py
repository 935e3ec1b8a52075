"""What commands share: the option --config, and how its mistakes are told."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from app.config import Config, ConfigMistakes

CONFIG = "STOREFRONT_CONFIG"  # the variable that names the file, where the option does not
USUAL = Path("config.toml")  # what people call it
MISTAKEN = 2  # exit code: the configuration is wrong, nothing was done

ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        "-c",
        envvar=CONFIG,
        metavar="FILE",
        help="A TOML file as config.example.toml; STOREFRONT_<SECTION>__<KEY> variables win over it.",
    ),
]


def read(file: Path | None, *, token: bool = False) -> "Config":
    """The configuration, with logs set up as it says; every mistake is printed and ends the command with code 2.

    `token` demands that there is a bot token.
    """
    from app import logs
    from app.config import ConfigMistakes, load

    if file is None and USUAL.is_file():
        typer.secho(f"Note: {USUAL} lies here and is not read: name it with --config {USUAL}.", err=True, fg="yellow")
    try:
        config = load(file, token=token)
    except ConfigMistakes as mistakes:
        tell(file, mistakes)
        raise typer.Exit(MISTAKEN) from None
    logs.configure(config.logs.level, config.logs.format)
    return config


def source(file: Path | None) -> str:
    """Where settings come from, as the beginning of a sentence."""
    return f"{file} and the environment" if file else "The environment"


def tell(file: Path | None, mistakes: "ConfigMistakes") -> None:
    """Print every mistake on standard error: what is wrong, then what to write instead."""
    count = len(mistakes.mistakes)
    typer.secho(f"{source(file)}: {count} {'mistake' if count == 1 else 'mistakes'}", err=True, fg="red")
    for mistake in mistakes.mistakes:
        typer.echo(f"  {typer.style(mistake.key, bold=True)} {mistake.wrong}.\n      {mistake.instead}", err=True)
