"""`storefront words`: every sentence of a language as lines of a file in which it can be worded anew."""

from typing import Annotated

import typer

from app.cli.options import ConfigFile, read
from app.cli.printing import say


def words(
    language: Annotated[str, typer.Argument(help="en, de, ru, es, tr or ar")] = "en",
    containing: Annotated[str, typer.Option(help="Only sentences with this text")] = "",
    config: ConfigFile = None,
) -> None:
    """List what the bot says; lines that are changed and put into the file of shop.words are said instead."""
    from app.assemble import own_words
    from bot.words import languages
    from bot.words.own import as_toml

    if language not in languages():
        say(f"{language} is no language of the shop: {', '.join(languages())}", color="red", err=True)
        raise typer.Exit(2)
    own = own_words(read(config).shop.words).get(language, {})
    for line in as_toml(language, containing, own):
        typer.echo(line)
