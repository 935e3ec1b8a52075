"""Money."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL, one_of
from db.types import Id, UTCDateTime, key

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "payments",
        sa.Column("id", Id, nullable=False),
        sa.Column("order_id", Id, nullable=False),
        sa.Column(
            "payment_status",
            one_of("payment_status", "pending", "completed", "failed", "partly_refunded", "refunded", "disputed"),
            nullable=False,
        ),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("refunded_amount", sa.BigInteger(), nullable=False),
        sa.Column("tip", sa.BigInteger(), nullable=False),
        sa.Column("currency", key(3), nullable=False),
        sa.Column("payment_method", key(32), nullable=True),
        sa.Column("payment_date", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("amount >= 0 AND refunded_amount >= 0", name=op.f("ck_payments_amounts_not_negative")),
        sa.CheckConstraint("refunded_amount <= amount", name=op.f("ck_payments_refunded_within_amount")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_payments_order_id_orders"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("order_id", name="uq_payments_order_id"),
        **IN_MYSQL,
    )
    op.create_index("ix_payments_updated_at", "payments", ["updated_at"])
    op.create_table(
        "payment_attempts",
        sa.Column("id", Id, nullable=False),
        sa.Column("order_id", Id, nullable=False),
        sa.Column("provider", key(32), nullable=False),
        sa.Column("reference", key(191), nullable=True),
        sa.Column("charge_id", key(191), nullable=True),
        sa.Column("provider_charge_id", key(191), nullable=True),
        sa.Column("idempotency_key", key(64), nullable=False),
        sa.Column("state", one_of("attempt_state", "created", "open", "paid", "failed", "expired"), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", key(3), nullable=False),
        sa.Column("captured_amount", sa.BigInteger(), nullable=False),
        sa.Column("captured_currency", key(3), nullable=True),
        sa.Column("refunded_amount", sa.BigInteger(), nullable=False),
        sa.Column("request", sa.JSON(), nullable=False),
        sa.Column("page_url", sa.String(2048), nullable=True),
        sa.Column("failure", sa.String(255), nullable=True),
        sa.Column("expires_at", UTCDateTime(), nullable=True),
        sa.Column("approved_at", UTCDateTime(), nullable=True),
        sa.Column("checked_at", UTCDateTime(), nullable=True),
        sa.Column("paid_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "captured_amount >= 0 AND refunded_amount >= 0", name=op.f("ck_payment_attempts_amounts_not_negative")
        ),
        sa.CheckConstraint(
            "refunded_amount <= captured_amount", name=op.f("ck_payment_attempts_refunded_within_captured")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_payment_attempts_order_id_orders"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("idempotency_key", name="uq_payment_attempts_idempotency_key"),
        sa.UniqueConstraint("provider", "charge_id", name="uq_payment_attempts_provider_charge_id"),
        sa.UniqueConstraint("provider", "reference", name="uq_payment_attempts_provider_reference"),
        **IN_MYSQL,
    )
    op.create_index("ix_payment_attempts_order_id_id", "payment_attempts", ["order_id", "id"])
    op.create_index("ix_payment_attempts_approved_at", "payment_attempts", ["approved_at"])
    op.create_index("ix_payment_attempts_provider_charge_id", "payment_attempts", ["provider_charge_id"])
    op.create_index("ix_payment_attempts_state_checked_at_id", "payment_attempts", ["state", "checked_at", "id"])
    op.create_index("ix_payment_attempts_state_paid_at", "payment_attempts", ["state", "paid_at"])
    op.create_index("ix_payment_attempts_updated_at", "payment_attempts", ["updated_at"])
    op.create_table(
        "payment_events",
        sa.Column("id", Id, nullable=False),
        sa.Column("provider", key(32), nullable=False),
        sa.Column("event_id", key(191), nullable=False),
        sa.Column("type", key(64), nullable=False),
        sa.Column("reference", key(191), nullable=True),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(255), nullable=True),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("processed_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("provider", "event_id", name="uq_payment_events_provider_event_id"),
        **IN_MYSQL,
    )
    op.create_index("ix_payment_events_processed_at_attempts_id", "payment_events", ["processed_at", "attempts", "id"])
    op.create_table(
        "refunds",
        sa.Column("id", Id, nullable=False),
        sa.Column("order_id", Id, nullable=False),
        sa.Column("attempt_id", Id, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", key(3), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor", key(64), nullable=False),
        sa.Column(
            "state", one_of("refund_state", "created", "pending", "succeeded", "failed", "manual"), nullable=False
        ),
        sa.Column("reference", key(191), nullable=True),
        sa.Column("idempotency_key", key(64), nullable=False),
        sa.Column("failure", sa.String(255), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("run_at", UTCDateTime(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_refunds_amount_positive")),
        sa.ForeignKeyConstraint(["attempt_id"], ["payment_attempts.id"], name="fk_refunds_attempt_id_payment_attempts"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_refunds_order_id_orders"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("idempotency_key", name="uq_refunds_idempotency_key"),
        **IN_MYSQL,
    )
    op.create_index("ix_refunds_attempt_id", "refunds", ["attempt_id"])
    op.create_index("ix_refunds_order_id_id", "refunds", ["order_id", "id"])
    op.create_index("ix_refunds_reference", "refunds", ["reference"])
    op.create_index("ix_refunds_state_run_at", "refunds", ["state", "run_at"])
    op.create_index("ix_refunds_updated_at", "refunds", ["updated_at"])


def downgrade() -> None:
    op.drop_table("refunds")
    op.drop_table("payment_events")
    op.drop_table("payment_attempts")
    op.drop_table("payments")
