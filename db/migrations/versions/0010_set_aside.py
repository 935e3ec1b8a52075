"""What cannot be handled is tried again later and later, and set aside in the end."""

import sqlalchemy as sa
from alembic import op

from db.types import UTCDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

UPDATES, EVENTS = "telegram_updates", "payment_events"


def upgrade() -> None:
    for table in (UPDATES, EVENTS):
        op.add_column(table, sa.Column("run_at", UTCDateTime(), nullable=True))
        op.add_column(table, sa.Column("dead_at", UTCDateTime(), nullable=True))
        rows = sa.table(table, sa.column("run_at"), sa.column("received_at"))
        op.execute(rows.update().values(run_at=rows.c.received_at))
        with op.batch_alter_table(table) as batch:
            batch.alter_column("run_at", existing_type=UTCDateTime(), nullable=False)
    op.add_column(UPDATES, sa.Column("error", sa.String(255), nullable=True))
    op.create_index(
        "ix_telegram_updates_done_at_dead_at_run_at_update_id", UPDATES, ["done_at", "dead_at", "run_at", "update_id"]
    )
    op.drop_index("ix_telegram_updates_done_at_update_id", UPDATES)
    op.create_index(
        "ix_payment_events_processed_at_dead_at_run_at_id", EVENTS, ["processed_at", "dead_at", "run_at", "id"]
    )
    op.drop_index("ix_payment_events_processed_at_attempts_id", EVENTS)


def downgrade() -> None:
    op.create_index("ix_payment_events_processed_at_attempts_id", EVENTS, ["processed_at", "attempts", "id"])
    op.drop_index("ix_payment_events_processed_at_dead_at_run_at_id", EVENTS)
    op.create_index("ix_telegram_updates_done_at_update_id", UPDATES, ["done_at", "update_id"])
    op.drop_index("ix_telegram_updates_done_at_dead_at_run_at_update_id", UPDATES)
    op.drop_column(UPDATES, "error")
    for table in (UPDATES, EVENTS):
        op.drop_column(table, "dead_at")
        op.drop_column(table, "run_at")
