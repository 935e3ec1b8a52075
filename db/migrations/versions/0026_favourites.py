"""What people like, and whether a cart that was left was spoken of."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL
from db.types import Id, UTCDateTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "favourites",
        sa.Column("id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("seen_price", sa.BigInteger(), nullable=False),
        sa.Column("is_out", sa.Boolean(), nullable=False),
        sa.Column("told_at", UTCDateTime(), nullable=False),
        sa.Column("back_at", UTCDateTime(), nullable=True),
        sa.Column("checked_at", UTCDateTime(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_favourites_user_id_users"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_favourites_product_id_products"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("user_id", "product_id", name="uq_favourites_user_id_product_id"),
        **IN_MYSQL,
    )
    op.create_index("ix_favourites_checked_at_id", "favourites", ["checked_at", "id"])
    op.add_column("carts", sa.Column("reminded_at", UTCDateTime(), nullable=True))
    op.create_index("ix_carts_updated_at", "carts", ["updated_at"])


def downgrade() -> None:
    op.drop_index("ix_carts_updated_at", "carts")
    op.drop_column("carts", "reminded_at")
    op.drop_table("favourites")
