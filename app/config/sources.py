"""Where settings come from: a TOML file, the environment over it, and files for secrets in both."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic_settings import BaseSettings, EnvSettingsSource

from app.config.mistakes import ConfigMistakes, Mistake, dotted, environment_name, is_secret, submodels

PREFIX = "STOREFRONT_"
FILE = "_file"


def from_file(path: Path) -> dict[str, Any]:
    """Read a TOML file; raises ConfigMistakes when it is not there or not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        mistake = Mistake(str(path), f"cannot be read: {reason}", "Copy config.example.toml and name that file.")
    except tomllib.TOMLDecodeError as error:
        mistake = Mistake(str(path), f"is not TOML: {error}", "Texts stand in quotes; see config.example.toml.")
    raise ConfigMistakes([mistake]) from None


def from_environment(model: type[BaseSettings]) -> tuple[dict[str, Any], list[Mistake]]:
    """Read STOREFRONT_<SECTION>__<KEY> variables, and name those whose section does not exist."""
    known = {f"{PREFIX}{name}__".upper() for name in model.model_fields}
    strangers = [
        Mistake(name, "belongs to no section", "Sections: " + ", ".join(model.model_fields) + ".")
        for name in sorted(os.environ)
        if name.startswith(PREFIX) and "__" in name and not any(name.startswith(section) for section in known)
    ]
    source = EnvSettingsSource(
        model, env_prefix=PREFIX, env_nested_delimiter="__", env_ignore_empty=True, case_sensitive=False
    )
    return source(), strangers


def read_secret_files(
    model: type[BaseModel], values: Mapping[str, Any], *, environment: bool, at: tuple[str, ...] = ()
) -> tuple[dict[str, Any], list[Mistake]]:
    """Replace every `secret_file` beside a secret by what the file holds, without the line's end."""
    read = dict(values)
    mistakes: list[Mistake] = []
    for name, field in model.model_fields.items():
        if isinstance(inner := read.get(name), Mapping):
            section = next(submodels(field.annotation), None)
            if section is not None:
                read[name], more = read_secret_files(section, inner, environment=environment, at=(*at, name))
                mistakes += more
        if not is_secret(field) or name + FILE not in read:
            continue
        path = (*at, name + FILE)
        key = environment_name(path) if environment else dotted(path)
        file = Path(str(read.pop(name + FILE)))
        if name in read:
            mistakes.append(Mistake(key, f"is given beside {name}", "Keep one of the two."))
            continue
        try:
            read[name] = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "not a text file"
            mistakes.append(
                Mistake(
                    key, f"names {file}, which cannot be read: {reason}", "Name a file with the secret alone in it."
                )
            )
    return read, mistakes


def merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """One tree of values from two; where both say something, `above` wins."""
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        merged[key] = merge(under, value) if isinstance(under, Mapping) and isinstance(value, Mapping) else value
    return merged
