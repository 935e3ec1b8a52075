"""What tests of configuration share: an environment without this machine's settings, and a way to write files."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from app.config import Config, ConfigMistakes, load

Load = Callable[[str], Config]
Refusal = Callable[[str], dict[str, str]]


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No STOREFRONT_ variable of this machine leaks into the test."""
    for name in [name for name in os.environ if name.startswith("STOREFRONT_") and "TEST" not in name]:
        monkeypatch.delenv(name)


@pytest.fixture
def load_text(tmp_path: Path) -> Load:
    """Load a configuration from the text of a file."""

    def read(text: str) -> Config:
        file = tmp_path / "config.toml"
        file.write_text(text, encoding="utf-8")
        return load(file)

    return read


@pytest.fixture
def refusal(load_text: Load) -> Refusal:
    """The mistakes that a text is refused with: key → what is wrong and what to write instead."""

    def read(text: str) -> dict[str, str]:
        with pytest.raises(ConfigMistakes) as caught:
            load_text(text)
        return {mistake.key: f"{mistake.wrong}. {mistake.instead}" for mistake in caught.value.mistakes}

    return read
