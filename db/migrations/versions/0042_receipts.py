"""Paid orders have receipts, numbered without gaps a seller and year."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL, one_of
from db.types import Id, UTCDateTime, key

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "receipts",
        sa.Column("id", Id, nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", one_of("receipt_kind", "sale", "refund", "reversal"), nullable=False),
        sa.Column("source", key(32), nullable=False),
        sa.Column("order_id", Id, nullable=False),
        sa.Column("currency", key(3), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("language", key(16), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("issued_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_receipts_number_positive")),
        sa.CheckConstraint("total >= 0 AND tax >= 0", name=op.f("ck_receipts_amounts_not_negative")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_receipts_owner_id_users"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_receipts_order_id_orders"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source", name="uq_receipts_source"),
        sa.UniqueConstraint("owner_id", "year", "number", name="uq_receipts_owner_id_year_number"),
        **IN_MYSQL,
    )
    op.create_index("ix_receipts_order_id_id", "receipts", ["order_id", "id"])
    op.create_index("ix_receipts_issued_at", "receipts", ["issued_at"])
    op.create_table(
        "receipt_counters",
        sa.Column("owner_id", Id, autoincrement=False, nullable=False),
        sa.Column("year", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_receipt_counters_owner_id_users"),
        sa.PrimaryKeyConstraint("owner_id", "year"),
        **IN_MYSQL,
    )
    op.create_table(
        "letterheads",
        sa.Column("owner_id", Id, autoincrement=False, nullable=False),
        sa.Column("address", sa.String(500), nullable=False),
        sa.Column("vat_id", sa.String(32), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_letterheads_owner_id_users"),
        sa.PrimaryKeyConstraint("owner_id"),
        **IN_MYSQL,
    )


def downgrade() -> None:
    op.drop_table("letterheads")
    op.drop_table("receipt_counters")
    op.drop_table("receipts")
