"""From a file and the environment to a configuration, or to the list of everything that is wrong with them."""

from pathlib import Path

from app.config import mistakes
from app.config.checks import check
from app.config.mistakes import ConfigMistakes, Mistake, explain
from app.config.reading import read
from app.config.settings import Config
from app.config.sources import FILE, PREFIX, from_environment, from_file, merge, read_secret_files

NO_TOKEN = Mistake(
    "telegram.token",
    "is missing",
    "Ask @BotFather for one and set STOREFRONT_TELEGRAM__TOKEN, or STOREFRONT_TELEGRAM__TOKEN_FILE",
)


def load(file: Path | None = None, *, token: bool = False) -> Config:
    """The configuration of `file` with the environment over it; raises ConfigMistakes with every mistake at once.

    `token`: that there is none is a mistake, too.
    """
    in_file, file_mistakes = read_secret_files(Config, from_file(file) if file else {}, environment=False)
    raw, strangers = from_environment(Config)
    in_environment, environment_mistakes = read_secret_files(Config, raw, environment=True)
    found = [*file_mistakes, *strangers, *environment_mistakes]

    def note(path: mistakes.Path, wrong: str) -> None:
        found.append(explain(Config, path, wrong, in_environment))

    config = read(Config, merge(in_file, in_environment), note)
    # What is wrong has its default by now, so that what stands between the other settings is still checked.
    blamed = {_canonical(mistake.key) for mistake in found}
    among = [*([NO_TOKEN] if token and config.telegram.token is None else []), *check(config)]
    found += [mistake for mistake in among if mistake.key not in blamed]
    if found:
        raise ConfigMistakes(dict.fromkeys(found))
    return config


def require_token(config: Config) -> str:
    """The bot's token; raises ConfigMistakes when there is none."""
    if config.telegram.token is None:
        raise ConfigMistakes([NO_TOKEN])
    return config.telegram.token.reveal()


def _canonical(key: str) -> str:
    """One name for a setting, whether it was given in the file, in the environment or as a file of its own."""
    return key.removeprefix(PREFIX).replace("__", ".").lower().removesuffix(FILE)
