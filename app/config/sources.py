"""Where settings come from: a TOML file, the environment over it, and files for secrets in both."""

import codecs
import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.config.fields import settings
from app.config.mistakes import ConfigMistakes, Mistake, dotted, environment_name
from app.config.types import Section

PREFIX = "STOREFRONT_"
FILE = "_file"
# How editors mark a file that they wrote in another way than plain UTF-8: Windows' own do.
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def text_of(path: Path) -> str:
    """What a text file says, in UTF-8 or as the mark at its beginning tells. Raises OSError, UnicodeDecodeError."""
    written = path.read_bytes()
    encoding = next((name for mark, name in MARKS if written.startswith(mark)), "utf-8")
    return written.decode(encoding)


def from_file(path: Path) -> dict[str, Any]:
    """Read a TOML file; raises ConfigMistakes when it is not there or not TOML."""
    try:
        return tomllib.loads(text_of(path).replace("\r\n", "\n"))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        mistake = Mistake(str(path), f"cannot be read: {reason}", "Copy config.example.toml and name that file.")
    except tomllib.TOMLDecodeError as error:
        mistake = Mistake(str(path), f"is not TOML: {error}", "Texts stand in quotes; see config.example.toml.")
    raise ConfigMistakes([mistake]) from None


def from_environment(config: type[Section]) -> tuple[dict[str, Any], list[Mistake]]:
    """Read STOREFRONT_<SECTION>__<KEY> variables, and name those whose section does not exist; an empty one is none.

    STOREFRONT_<SECTION> holds a whole section as a JSON object; a variable of a single key wins over it.
    """
    values: dict[str, Any] = {}
    strangers = []
    for variable in sorted(os.environ):
        section, *keys = variable.upper().removeprefix(PREFIX).lower().split("__")
        if not variable.upper().startswith(PREFIX) or not os.environ[variable]:
            continue
        if not keys:
            if section in settings(config):
                whole = _section(os.environ[variable])
                if whole is None:
                    strangers.append(Mistake(variable, "is no JSON object", 'Write for example {"key": "value"}.'))
                else:
                    values[section] = merge(whole, values.get(section, {}))
            continue
        if section not in settings(config):
            known = ", ".join(settings(config))
            strangers.append(Mistake(variable, "belongs to no section", f"Sections: {known}."))
            continue
        here = values
        for key in (section, *keys[:-1]):
            if not isinstance(here.get(key), dict):
                here[key] = {}
            here = here[key]
        here[keys[-1]] = os.environ[variable]
    return values, strangers


def _section(written: str) -> dict[str, Any] | None:
    """The object that a variable holds; None when it holds something else."""
    try:
        whole = json.loads(written)
    except (ValueError, RecursionError):
        return None
    return whole if isinstance(whole, dict) else None


def read_secret_files(
    section: type[Section], values: Mapping[str, Any], *, environment: bool, at: tuple[str, ...] = ()
) -> tuple[dict[str, Any], list[Mistake]]:
    """Replace every `secret_file` beside a secret by what the file holds, without the line's end."""
    read = dict(values)
    mistakes: list[Mistake] = []
    for name, setting in settings(section).items():
        kind = setting.kind
        if kind.section is not None and isinstance(inner := read.get(name), Mapping):
            read[name], more = read_secret_files(kind.section, inner, environment=environment, at=(*at, name))
            mistakes += more
        if not kind.is_secret or name + FILE not in read:
            continue
        path = (*at, name + FILE)
        key = environment_name(path) if environment else dotted(path)
        file = Path(str(read.pop(name + FILE)))
        if name in read:
            mistakes.append(Mistake(key, f"is given beside {name}", "Keep one of the two."))
            continue
        try:
            read[name] = text_of(file).strip()
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
