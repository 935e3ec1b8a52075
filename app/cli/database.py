"""The database as commands open it: brought to the newest tables first, so that a fresh machine needs no other step."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from app.config import Config
from db.migrate import upgrade
from db.session import Database


@asynccontextmanager
async def opened(config: Config) -> AsyncGenerator[Database]:
    """The configured database, with every table there; closed at the end."""
    url = config.database.url.reveal()
    await upgrade(url)
    database = Database(url, pool_size=config.database.pool_size)
    try:
        yield database
    finally:
        await database.close()
