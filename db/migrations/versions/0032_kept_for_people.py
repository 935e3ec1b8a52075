"""What the shop keeps for a person: addresses (where their last order went is the first), what they like, reminders."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL
from db.types import Id, UTCDateTime

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    addresses = op.create_table(
        "addresses",
        sa.Column("id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("place", sa.JSON(), nullable=False),
        sa.Column("shipping_option", sa.String(64), nullable=True),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_addresses_user_id_users"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
        **IN_MYSQL,
    )
    op.create_index("ix_addresses_user_id_used_at", "addresses", ["user_id", "used_at"])
    orders = sa.table(
        "orders",
        *(sa.column(name, sa.BigInteger()) for name in ("id", "user_id")),
        sa.column("address", sa.JSON()),
        sa.column("shipping_option", sa.String(64)),
        sa.column("updated_at", UTCDateTime()),
    )
    known = (orders.c.address.is_not(None), sa.cast(orders.c.address, sa.Text()) != "null")
    newest = sa.select(sa.func.max(orders.c.id)).where(*known).group_by(orders.c.user_id)
    taken = sa.select(
        orders.c.user_id,
        orders.c.address,
        orders.c.shipping_option,
        sa.true(),
        orders.c.updated_at,
        orders.c.updated_at,
    )
    columns = ["user_id", "place", "shipping_option", "is_default", "used_at", "created_at"]
    op.execute(sa.insert(addresses).from_select(columns, taken.where(orders.c.id.in_(newest))))
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
    op.drop_table("addresses")
