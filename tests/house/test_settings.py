"""config.example.toml and the settings are the same list, both ways."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from app.config import Config, load
from app.config.fields import settings
from app.config.reading import read
from app.config.types import Section
from tests.house.files import ROOT, text

EXAMPLE = ROOT / "config.example.toml"
LINES = text(Path("config.example.toml")).splitlines()


def _everything_on() -> str:
    """The example with the settings that have no default switched on."""
    return "\n".join(re.sub(r"^#(\w+ = )", r"\1", line) for line in LINES)


def _written(values: Mapping[str, Any], at: str = "") -> Iterator[str]:
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _written(value, f"{at}{name}.")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield from _written(value[0], f"{at}{name}.")
        else:
            yield at + name


def _settings(section: type[Section], at: str = "") -> Iterator[str]:
    for name, setting in settings(section).items():
        if setting.kind.section is not None:
            yield from _settings(setting.kind.section, f"{at}{name}.")
        else:
            yield at + name


def test_the_example_names_every_setting_and_no_other() -> None:
    assert set(_written(tomllib.loads(_everything_on()))) == set(_settings(Config))


def test_every_setting_of_the_example_has_a_comment_above_it() -> None:
    bare = [
        line for above, line in pairwise(LINES) if re.match(r"#?\w+ = ", line) and not re.match(r"# |#?\w+ = ", above)
    ]

    assert bare == []


def test_the_example_as_it_stands_is_the_defaults(clean_environment: None) -> None:
    example = load(EXAMPLE)
    shipping = example.shop.shipping

    shop, telegram = replace(example.shop, shipping=(), texts=()), replace(example.telegram, providers=())
    assert replace(example, shop=shop, telegram=telegram) == load()
    assert [way.id for way in shipping] == ["standard"]


def test_the_example_with_everything_switched_on_loads(clean_environment: None, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(_everything_on(), encoding="utf-8")

    config = load(file)

    assert config.telegram.token is not None
    assert config.payments.stripe.secret_key is not None


def _sections(section: type[Section]) -> Iterator[type[Section]]:
    yield section
    for setting in settings(section).values():
        if setting.kind.section is not None:
            yield from _sections(setting.kind.section)


@pytest.mark.parametrize("section", list(_sections(Config)), ids=lambda section: section.__name__)
def test_every_setting_says_what_it_is_and_shows_an_example(section: type[Section]) -> None:
    silent = [
        name
        for name, setting in settings(section).items()
        if not setting.about and (setting.kind.section is None or setting.kind.is_list)
    ]

    assert silent == []


def test_every_default_and_every_example_is_right_by_the_rules_of_its_setting() -> None:
    wrong: list[object] = []
    for section in _sections(Config):
        for name, setting in settings(section).items():
            if setting.about and isinstance(setting.example, str | int | list) and "…" not in str(setting.example):
                read(section, {name: setting.example}, lambda path, says: wrong.append((path, says)))

    assert wrong == []
