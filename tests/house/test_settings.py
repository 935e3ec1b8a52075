"""config.example.toml and the settings are the same list, both ways."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from app.config import Config, load
from app.config.mistakes import submodels
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


def _settings(model: type[BaseModel], at: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        inner = next(submodels(field.annotation), None)
        if inner is not None:
            yield from _settings(inner, f"{at}{name}.")
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

    assert example.model_copy(update={"shop": example.shop.model_copy(update={"shipping": ()})}) == load()
    assert [way.id for way in shipping] == ["standard"]


def test_the_example_with_everything_switched_on_loads(clean_environment: None, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(_everything_on(), encoding="utf-8")

    config = load(file)

    assert config.telegram.token is not None
    assert config.payments.stripe.secret_key is not None


@pytest.mark.parametrize(
    "model", [Config, *(model for f in Config.model_fields.values() for model in submodels(f.annotation))]
)
def test_every_setting_says_what_it_is_and_shows_an_example(model: type[BaseModel]) -> None:
    silent = [
        name
        for name, field in model.model_fields.items()
        if not (field.description and field.examples) and next(submodels(field.annotation), None) is None
    ]

    assert silent == []
