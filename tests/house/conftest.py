"""What the house rules need to look at settings without this machine's own."""

import os

import pytest


@pytest.fixture
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No STOREFRONT_ variable of this machine leaks into the test."""
    for name in [name for name in os.environ if name.startswith("STOREFRONT_")]:
        monkeypatch.delenv(name)
