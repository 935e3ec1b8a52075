"""The outbox, forms in progress, leases, stored updates, and what admins did."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL
from db.types import Id, UTCDateTime, key

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notifications",
        sa.Column("id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("kind", key(48), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("dedupe_key", key(128), nullable=False),
        sa.Column("run_at", UTCDateTime(), nullable=False),
        sa.Column("claimed_until", UTCDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=True),
        sa.Column("dead_at", UTCDateTime(), nullable=True),
        sa.Column("error", sa.String(255), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_notifications_user_id_users"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("dedupe_key", name="uq_notifications_dedupe_key"),
        **IN_MYSQL,
    )
    op.create_index(
        "ix_notifications_sent_at_dead_at_run_at_id", "notifications", ["sent_at", "dead_at", "run_at", "id"]
    )
    op.create_index("ix_notifications_user_id_message_id", "notifications", ["user_id", "message_id"])
    op.create_index(
        "ix_notifications_user_id_sent_at_dead_at_id", "notifications", ["user_id", "sent_at", "dead_at", "id"]
    )
    op.create_table(
        "dialogs",
        sa.Column("user_id", Id, autoincrement=False, nullable=False),
        sa.Column("kind", key(32), nullable=False),
        sa.Column("step", key(32), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_dialogs_user_id_users"),
        sa.PrimaryKeyConstraint("user_id"),
        **IN_MYSQL,
    )
    op.create_table(
        "leases",
        sa.Column("name", key(64), nullable=False),
        sa.Column("owner", key(64), nullable=False),
        sa.Column("lease_until", UTCDateTime(), nullable=False),
        sa.Column("last_run_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("name"),
        **IN_MYSQL,
    )
    op.create_table(
        "telegram_updates",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", key(32), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("update_id"),
        **IN_MYSQL,
    )
    op.create_index("ix_telegram_updates_done_at_update_id", "telegram_updates", ["done_at", "update_id"])
    op.create_index("ix_telegram_updates_kind_received_at", "telegram_updates", ["kind", "received_at"])
    op.create_table(
        "admin_events",
        sa.Column("id", Id, nullable=False),
        sa.Column("actor", key(64), nullable=False),
        sa.Column("action", key(48), nullable=False),
        sa.Column("subject", key(64), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        **IN_MYSQL,
    )
    op.create_index("ix_admin_events_subject_id", "admin_events", ["subject", "id"])


def downgrade() -> None:
    op.drop_table("admin_events")
    op.drop_table("telegram_updates")
    op.drop_table("leases")
    op.drop_table("dialogs")
    op.drop_table("notifications")
