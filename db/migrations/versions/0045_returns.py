"""Goods that come back: returns with their lines, photos and steps, and how many pieces of each line they have."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL, one_of
from db.types import Id, UTCDateTime, key, text_column

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

STATUSES = ("asked", "agreed", "received", "refunded", "closed", "declined", "withdrawn")
REASONS = ("damaged", "wrong", "otherwise", "size", "mind", "other")
NAME = "ck_order_items_returned_within_quantity"
RULE = "returned >= 0 AND returned <= quantity"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":  # which adds a rule with a column, and drops it with it
        rule = f"CONSTRAINT {NAME} CHECK ({RULE})"
        op.execute(f"ALTER TABLE order_items ADD COLUMN returned INTEGER DEFAULT '0' NOT NULL {rule}")
    else:
        op.add_column("order_items", sa.Column("returned", sa.Integer(), server_default="0", nullable=False))
        op.create_check_constraint(op.f(NAME), "order_items", RULE)
    op.create_table(
        "returns",
        sa.Column("id", Id, nullable=False),
        sa.Column("order_id", Id, nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("status", one_of("return_status", *STATUSES), nullable=False),
        sa.Column("reason", one_of("return_reason", *REASONS), nullable=False),
        sa.Column("words", text_column(), nullable=False),
        sa.Column("answer", text_column(), nullable=False),
        sa.Column("reminded", sa.Integer(), server_default="0", nullable=False),
        sa.Column("remind_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_returns_order_id_orders"),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_returns_owner_id_users"),
        sa.PrimaryKeyConstraint("id"),
        **IN_MYSQL,
    )
    op.create_index("ix_returns_order_id_id", "returns", ["order_id", "id"])
    op.create_index("ix_returns_owner_id_status_id", "returns", ["owner_id", "status", "id"])
    op.create_index("ix_returns_owner_id_id", "returns", ["owner_id", "id"])
    op.create_index("ix_returns_status_id", "returns", ["status", "id"])
    op.create_index("ix_returns_remind_at", "returns", ["remind_at"])
    op.create_table(
        "return_lines",
        sa.Column("id", Id, nullable=False),
        sa.Column("return_id", Id, nullable=False),
        sa.Column("item_id", Id, nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("restocked", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("quantity > 0", name="ck_return_lines_quantity_positive"),
        sa.CheckConstraint(
            "restocked >= 0 AND restocked <= quantity", name="ck_return_lines_restocked_within_quantity"
        ),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name="fk_return_lines_return_id_returns"),
        sa.ForeignKeyConstraint(["item_id"], ["order_items.id"], name="fk_return_lines_item_id_order_items"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("return_id", "item_id", name="uq_return_lines_return_id_item_id"),
        **IN_MYSQL,
    )
    op.create_index("ix_return_lines_item_id", "return_lines", ["item_id"])
    op.create_table(
        "return_photos",
        sa.Column("id", Id, nullable=False),
        sa.Column("return_id", Id, nullable=False),
        sa.Column("file_id", key(255), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name="fk_return_photos_return_id_returns"),
        sa.PrimaryKeyConstraint("id"),
        **IN_MYSQL,
    )
    op.create_index("ix_return_photos_return_id", "return_photos", ["return_id"])
    op.create_table(
        "return_events",
        sa.Column("id", Id, nullable=False),
        sa.Column("return_id", Id, nullable=False),
        sa.Column("status", one_of("return_event_status", *STATUSES), nullable=False),
        sa.Column("actor", key(64), nullable=False),
        sa.Column("text", text_column(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name="fk_return_events_return_id_returns"),
        sa.PrimaryKeyConstraint("id"),
        **IN_MYSQL,
    )
    op.create_index("ix_return_events_return_id_id", "return_events", ["return_id", "id"])


def downgrade() -> None:
    op.drop_table("return_events")
    op.drop_table("return_photos")
    op.drop_table("return_lines")
    op.drop_table("returns")
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f(NAME), "order_items", type_="check")
    op.drop_column("order_items", "returned")
