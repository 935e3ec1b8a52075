"""The commands that move, save and restore a whole shop."""

import asyncio
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from db.session import Database
from tests.world.clock import START
from tests.world.everything import a_shop_with_everything


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The configured database, with a shop in it."""
    url = f"sqlite:///{tmp_path / 'shop.sqlite3'}"
    monkeypatch.setenv("STOREFRONT_DATABASE__URL", url)
    assert CliRunner().invoke(app, ["migrate"]).exit_code == 0

    async def fill() -> None:
        database = Database(url)
        async with database.begin() as session:
            await a_shop_with_everything(session)
        await database.close()

    asyncio.run(fill())
    assert START.tzinfo
    return url


def test_copy_database_says_how_many_rows_arrived_and_refuses_a_second_time(shop: str, tmp_path: Path) -> None:
    there = f"sqlite:///{tmp_path / 'copy.sqlite3'}"

    first = CliRunner().invoke(app, ["copy-database", shop, there])
    second = CliRunner().invoke(app, ["copy-database", shop, there])

    assert first.exit_code == 0, first.output
    assert re.search(r"^\s+3  orders$", first.output, re.MULTILINE)
    assert "both databases hold the same" in first.output
    assert second.exit_code == 1
    assert "not empty" in second.output


def test_a_shop_that_was_lost_is_restored_from_its_backup(
    shop: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "shop.backup"
    assert CliRunner().invoke(app, ["backup", str(file)]).exit_code == 0

    refused = CliRunner().invoke(app, ["restore", str(file)])
    monkeypatch.setenv("STOREFRONT_DATABASE__URL", f"sqlite:///{tmp_path / 'new.sqlite3'}")
    restored = CliRunner().invoke(app, ["restore", str(file)])

    assert refused.exit_code == 1
    assert "exists already" in refused.output
    assert restored.exit_code == 0, restored.output
    assert "Nothing to do" in CliRunner().invoke(app, ["migrate"]).output
