"""A backup is one whole file, taken while the shop is open; restored, the shop keeps every promise."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import func, select

from db.backups import BackupRefused, restore, save
from db.backups.programs import find
from db.copying.ends import source
from db.copying.rows import rows_of, tables_in_order
from db.migrate import current, head
from db.models import Order, Product, User
from db.session import Database, async_url
from shop import doctor
from tests.world.clock import START
from tests.world.databases import Databases
from tests.world.everything import a_shop_with_everything
from tests.world.goods import a_product
from tests.world.people import ANN, user

FILE = "shop.backup"


async def _rows(url: str) -> dict[str, list[dict[str, object]]]:
    async with source(url, "sqlite:///elsewhere") as reading:
        tables = tables_in_order()
        return {table.name: [row async for batch in rows_of(reading, table) for row in batch] for table in tables}


async def test_what_is_restored_is_what_was_saved(
    database: Database, database_url: str, bare_url: str, tmp_path: Path
) -> None:
    async with database.begin() as session:
        await a_shop_with_everything(session)

    await save(database_url, tmp_path / FILE)
    await restore(bare_url, tmp_path / FILE)

    assert await current(bare_url) == head()
    assert await _rows(bare_url) == await _rows(database_url)
    restored = Database(bare_url)
    async with restored.begin() as session:
        session.add(
            User(name="new", role="customer", language="en", reachable=True, created_at=START, updated_at=START)
        )
        await session.flush()
    await restored.close()


async def test_a_restored_shop_keeps_every_promise(
    database: Database, database_url: str, bare_url: str, tmp_path: Path
) -> None:
    async with database.begin() as session:
        await a_product(session, stock=7)
        await user(session, ANN)
    await save(database_url, tmp_path / FILE)
    await restore(bare_url, tmp_path / FILE)

    restored = Database(bare_url)
    async with restored.read() as session:
        assert await doctor.check(session, now=START) == []
        assert await session.scalar(select(func.count()).select_from(Product)) == 1
    await restored.close()


async def test_a_backup_is_one_instant_of_a_shop_that_goes_on(
    database: Database, database_url: str, bare_url: str, tmp_path: Path
) -> None:
    """A transaction that is open while the backup is taken is not in it, and does not hold it up."""
    async with database.begin() as session:
        await user(session, ANN)
    async with database.begin() as session:
        await a_product(session)
        await session.flush()
        await save(database_url, tmp_path / FILE)

    await restore(bare_url, tmp_path / FILE)
    left = await _rows(bare_url)
    assert (len(left["users"]), len(left["products"])) == (1, 0)


async def test_nothing_is_ever_overwritten(database_url: str, tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.write_text("my diary", encoding="utf-8")

    with pytest.raises(BackupRefused, match="exists already"):
        await save(database_url, file)
    assert file.read_text(encoding="utf-8") == "my diary"

    other = tmp_path / "other.backup"
    await save(database_url, other)
    with pytest.raises(BackupRefused, match=r"not empty|exists already"):
        await restore(database_url, other)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.backup", FILE]


async def test_a_file_that_is_cut_off_or_no_backup_is_refused_and_restores_nothing(
    database: Database, database_url: str, databases: Databases, database_kind: str, tmp_path: Path
) -> None:
    async with database.begin() as session:
        await a_shop_with_everything(session)
    file, half, diary = tmp_path / FILE, tmp_path / "half", tmp_path / "diary"
    await save(database_url, file)
    half.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    diary.write_text("dear diary", encoding="utf-8")

    for broken in (half, diary, tmp_path / "nowhere"):
        target = databases.bare(database_kind)
        with pytest.raises(BackupRefused):
            await restore(target, broken)
        if database_kind == "sqlite":
            assert not Path(async_url(target).database or "").exists()
        else:
            assert await current(target) is None


async def test_a_backup_is_for_its_owner_alone(database_url: str, tmp_path: Path) -> None:
    await save(database_url, tmp_path / FILE)
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


@pytest.mark.sqlite_alone
async def test_a_backup_of_another_kind_names_the_way(database_url: str, tmp_path: Path) -> None:
    await save(database_url, tmp_path / FILE)
    with pytest.raises(BackupRefused, match="copy-database"):
        await restore("postgresql://nobody@127.0.0.1/none", tmp_path / FILE)


@pytest.mark.sqlite_alone
async def test_a_backup_may_lie_on_a_disk_that_cannot_be_written(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    """A SQLite file in WAL mode could not even be looked at there."""
    async with database.begin() as session:
        await user(session, ANN)
    await save(database_url, tmp_path / FILE)
    opened = sqlite3.connect(tmp_path / FILE)
    assert opened.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert opened.execute("SELECT count(*) FROM users").fetchone() == (1,)
    opened.close()


def test_a_missing_program_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupRefused, match=r"postgresql-client.*copy-database"):
        find("pg_dump")


async def test_what_an_open_shop_wrote_last_is_in_the_backup(
    database: Database, database_url: str, bare_url: str, tmp_path: Path
) -> None:
    """Rows that SQLite still keeps in its write-ahead log count too."""
    async with database.begin() as session:
        await a_shop_with_everything(session)
    async with database.read() as session:
        orders = await session.scalar(select(func.count()).select_from(Order))
    await save(database_url, tmp_path / FILE)
    await restore(bare_url, tmp_path / FILE)
    assert len((await _rows(bare_url))["orders"]) == orders
