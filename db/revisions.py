"""Whether a database is up to date, told without Alembic, which takes long to load and seldom has anything to do."""

from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from db.session import Database

VERSIONS = Path(__file__).parent / "migrations/versions"


def newest() -> str:
    """The newest revision that this code knows; a file's name begins with its number."""
    return max(path.stem.partition("_")[0] for path in VERSIONS.glob("[0-9]*_*.py"))


async def is_up_to_date(db: Database) -> bool:
    """Whether the database stands at our newest revision; False too where there are no tables yet.

    Raises DatabaseAway.
    """
    try:
        async with db.read() as session:
            return bool(await session.scalar(text("SELECT version_num FROM alembic_version")) == newest())
    except DBAPIError:
        return False
