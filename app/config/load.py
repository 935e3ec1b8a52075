"""From a file and the environment to a configuration, or to the list of everything that is wrong with them."""

from copy import deepcopy
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.config.checks import check
from app.config.mistakes import ConfigMistakes, Mistake, explain
from app.config.settings import Config
from app.config.sources import FILE, PREFIX, from_environment, from_file, merge, read_secret_files


def load(file: Path | None = None) -> Config:
    """The configuration of `file` with the environment over it; raises ConfigMistakes with every mistake at once."""
    in_file, file_mistakes = read_secret_files(Config, from_file(file) if file else {}, environment=False)
    raw, strangers = from_environment(Config)
    in_environment, environment_mistakes = read_secret_files(Config, raw, environment=True)
    mistakes = [*file_mistakes, *strangers, *environment_mistakes]
    # A section that nobody wrote down is empty, rather than made by itself with a validator of its own.
    values = {name: {} for name in Config.model_fields} | merge(in_file, in_environment)
    config = None
    while config is None:
        try:
            config = Config.model_validate(values)
        except ValidationError as error:
            # What is wrong is noted and taken out, so that what stands between the other settings is still checked.
            details = error.errors(include_url=False)
            mistakes += [explain(Config, detail, in_environment) for detail in details]
            values = _without(values, details)
    blamed = {_canonical(mistake.key) for mistake in mistakes}
    mistakes += [mistake for mistake in check(config) if mistake.key not in blamed]
    if mistakes:
        raise ConfigMistakes(dict.fromkeys(mistakes))
    return config


def require_token(config: Config) -> str:
    """The bot's token; raises ConfigMistakes when there is none."""
    if config.telegram.token is None:
        raise ConfigMistakes(
            [
                Mistake(
                    "telegram.token",
                    "is missing",
                    "Ask @BotFather for one and set STOREFRONT_TELEGRAM__TOKEN, or STOREFRONT_TELEGRAM__TOKEN_FILE",
                )
            ]
        )
    return config.telegram.token.get_secret_value()


def _canonical(key: str) -> str:
    """One name for a setting, whether it was given in the file, in the environment or as a file of its own."""
    return key.removeprefix(PREFIX).replace("__", ".").lower().removesuffix(FILE)


def _without(values: dict[str, Any], details: list[ErrorDetails]) -> dict[str, Any]:
    """The values less everything that an error points at; a list goes as a whole."""
    kept = deepcopy(values)
    for detail in details:
        here: Any = kept
        for part in detail["loc"]:
            if not isinstance(here, dict) or part not in here:
                break
            if isinstance(here[part], dict) and part != detail["loc"][-1]:
                here = here[part]
            else:
                del here[part]
                break
    return kept
