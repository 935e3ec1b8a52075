"""What Alembic runs: the revisions over a connection that db.migrate opened."""

from alembic import context
from sqlalchemy import Connection

from db.base import Base
from db.models import User

assert User.metadata is Base.metadata  # noqa: S101  importing the models is what fills the metadata


def run() -> None:
    """Run the revisions in one transaction where the database can take a CREATE TABLE back."""
    connection: Connection = context.config.attributes["connection"]
    is_sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=is_sqlite,
        transactional_ddl=connection.dialect.name != "mysql",
        compare_type=True,
        user_module_prefix="",
    )
    with context.begin_transaction():
        context.run_migrations()


run()
