"""Keys and files of digital goods, one for each buyer."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL, one_of
from db.types import Id, UTCDateTime, key

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("products", sa.Column("pooled_at", UTCDateTime(), nullable=True))
    op.create_table(
        "units",
        sa.Column("id", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("file_id", sa.String(255), nullable=True),
        sa.Column("file_kind", key(16), nullable=True),
        sa.Column("file_bot_id", sa.BigInteger(), nullable=True),
        sa.Column("fingerprint", key(64), nullable=False),
        sa.Column("state", one_of("unit_state", "free", "sold", "revoked"), nullable=False),
        sa.Column("order_item_id", Id, nullable=True),
        sa.Column("replaces_id", Id, nullable=True),
        sa.Column("reason", sa.String(255), nullable=True),
        sa.Column("claimed_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_units_product_id_products"),
        sa.ForeignKeyConstraint(["order_item_id"], ["order_items.id"], name="fk_units_order_item_id_order_items"),
        sa.ForeignKeyConstraint(["replaces_id"], ["units.id"], name="fk_units_replaces_id_units"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("product_id", "fingerprint", name="uq_units_product_id_fingerprint"),
        sa.UniqueConstraint("replaces_id", name="uq_units_replaces_id"),
        **IN_MYSQL,
    )
    op.create_index("ix_units_product_id_state_id", "units", ["product_id", "state", "id"])
    op.create_index("ix_units_order_item_id_id", "units", ["order_item_id", "id"])


def downgrade() -> None:
    op.drop_table("units")
    op.drop_column("products", "pooled_at")  # in place: a copy of the table would lose the names of its checks
