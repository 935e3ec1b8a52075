"""Read the people who use the pretend Telegram from a TOML file."""

import tomllib
from pathlib import Path

from simulator.telegram.people import Person

DEFAULT_CAST = Path(__file__).with_name("people.toml")


def load_cast(path: Path = DEFAULT_CAST) -> list[Person]:
    """The people of a cast file, in its order; raises ValueError naming what is wrong with it."""
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    rows = document.get("people")
    if not isinstance(rows, list):
        raise ValueError(f"{path}: expected [[people]] tables")  # noqa: TRY004  the file is wrong, not the call
    return [Person.from_json(row) for row in rows]
