"""When people were here last, one holder of each username, and who is banned."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL
from db.types import Id, UTCDateTime, key

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

USERS = sa.table(
    "users",
    sa.column("id", Id),
    sa.column("username", sa.String),
    sa.column("username_folded", sa.String),
    sa.column("updated_at", UTCDateTime()),
    sa.column("seen_at", UTCDateTime()),
    sa.column("name", sa.String),
)


def upgrade() -> None:
    op.add_column("users", sa.Column("seen_at", UTCDateTime(), nullable=True))
    op.execute(sa.update(USERS).where(USERS.c.name != "").values(seen_at=USERS.c.updated_at))
    _keep_the_newest_holder()
    op.drop_index("ix_users_username_folded", "users")
    op.create_index("ix_users_username_folded", "users", ["username_folded"], unique=True)
    op.create_table(
        "bans",
        sa.Column("id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("seller_id", sa.BigInteger(), nullable=False),
        sa.Column("actor", key(64), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_bans_user_id_users"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("user_id", "seller_id", name="uq_bans_user_id_seller_id"),
        **IN_MYSQL,
    )
    op.create_index("ix_bans_seller_id_id", "bans", ["seller_id", "id"])
    op.create_index("ix_orders_user_id_status_id", "orders", ["user_id", "status", "id"])


def downgrade() -> None:
    op.drop_index("ix_orders_user_id_status_id", "orders")
    op.drop_table("bans")
    op.drop_index("ix_users_username_folded", "users")
    op.create_index("ix_users_username_folded", "users", ["username_folded"])
    op.drop_column("users", "seen_at")


def _keep_the_newest_holder() -> None:
    """Telegram's names know no case: of people who hold "Tea" and "tea", who was written down last has it now."""
    connection = op.get_bind()
    twice = (
        sa.select(USERS.c.username_folded)
        .where(USERS.c.username_folded.is_not(None))
        .group_by(USERS.c.username_folded)
        .having(sa.func.count() > 1)
    )
    for (folded,) in connection.execute(twice).all():
        holders = sa.select(USERS.c.id).where(USERS.c.username_folded == folded)
        newest_first = holders.order_by(USERS.c.updated_at.desc(), USERS.c.id.desc())
        former = list(connection.scalars(newest_first))[1:]
        gone = sa.update(USERS).where(USERS.c.id.in_(former))
        connection.execute(gone.values(username=None, username_folded=None))
