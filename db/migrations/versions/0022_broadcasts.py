"""Broadcasts, their recipients, and who wants no news."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL, one_of
from db.types import Id, UTCDateTime, key

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", Id, nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("segment", sa.JSON(), nullable=False),
        sa.Column("state", one_of("broadcast_state", "draft", "running", "stopped", "done"), nullable=False),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("actor", key(64), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("started_at", UTCDateTime(), nullable=True),
        sa.Column("listed_at", UTCDateTime(), nullable=True),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        **IN_MYSQL,
    )
    op.create_index("ix_broadcasts_owner_id_id", "broadcasts", ["owner_id", "id"])
    op.create_index("ix_broadcasts_state_id", "broadcasts", ["state", "id"])
    states = ("waiting", "sending", "sent", "blocked", "failed", "unknown", "left_out")
    op.create_table(
        "broadcast_recipients",
        sa.Column("id", Id, nullable=False),
        sa.Column("broadcast_id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("state", one_of("recipient_state", *states), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["broadcasts.id"], name="fk_broadcast_recipients_broadcast_id_broadcasts"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_broadcast_recipients_user_id_users"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("broadcast_id", "user_id", name="uq_broadcast_recipients_broadcast_id_user_id"),
        **IN_MYSQL,
    )
    op.create_index(
        "ix_broadcast_recipients_broadcast_id_state_id", "broadcast_recipients", ["broadcast_id", "state", "id"]
    )
    op.create_table(
        "news_optouts",
        sa.Column("id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("kind", key(32), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_news_optouts_user_id_users"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("user_id", "kind", "owner_id", name="uq_news_optouts_user_id_kind_owner_id"),
        **IN_MYSQL,
    )


def downgrade() -> None:
    for table in ("news_optouts", "broadcast_recipients", "broadcasts"):
        op.drop_table(table)
