"""What lists are sorted and filtered by, what is bought together, what people looked at; filled by the schedule."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL
from db.types import Id, UTCDateTime

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

FILTERS = ["category_id", "in_stock", "on_sale"]


def upgrade() -> None:
    op.create_table(
        "listings",
        sa.Column("product_id", Id, autoincrement=False, nullable=False),
        sa.Column("category_id", sa.BigInteger(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("on_sale", sa.Boolean(), nullable=False),
        sa.Column("in_stock", sa.Boolean(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("sold", sa.Integer(), nullable=False),
        sa.Column("turns_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_listings_product_id_products"),
        sa.PrimaryKeyConstraint("product_id"),
        **IN_MYSQL,
    )
    op.create_index("ix_listings_category_id_in_stock_on_sale_product_id", "listings", [*FILTERS, "product_id"])
    for column in ("price", "rating", "sold"):
        name = f"ix_listings_category_id_in_stock_on_sale_{column}_product_id"
        op.create_index(name, "listings", [*FILTERS, column, "product_id"])
    op.create_index("ix_listings_turns_at", "listings", ["turns_at"])
    op.create_table(
        "bought_together",
        sa.Column("product_id", Id, autoincrement=False, nullable=False),
        sa.Column("other_id", Id, autoincrement=False, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_bought_together_product_id_products"),
        sa.ForeignKeyConstraint(["other_id"], ["products.id"], name="fk_bought_together_other_id_products"),
        sa.PrimaryKeyConstraint("product_id", "other_id"),
        **IN_MYSQL,
    )
    op.create_index(
        "ix_bought_together_product_id_times_other_id", "bought_together", ["product_id", "times", "other_id"]
    )
    op.create_index("ix_bought_together_other_id", "bought_together", ["other_id"])
    op.create_table(
        "viewed_products",
        sa.Column("user_id", Id, autoincrement=False, nullable=False),
        sa.Column("product_id", Id, autoincrement=False, nullable=False),
        sa.Column("viewed_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_viewed_products_user_id_users"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_viewed_products_product_id_products"),
        sa.PrimaryKeyConstraint("user_id", "product_id"),
        **IN_MYSQL,
    )
    op.create_index("ix_viewed_products_user_id_viewed_at", "viewed_products", ["user_id", "viewed_at"])
    op.create_index("ix_viewed_products_product_id", "viewed_products", ["product_id"])
    op.create_index("ix_products_updated_at_id", "products", ["updated_at", "id"])
    op.drop_index("ix_products_updated_at", "products")
    op.create_index("ix_inventory_updated_at_product_id", "inventory", ["updated_at", "product_id"])
    op.drop_index("ix_inventory_updated_at", "inventory")


def downgrade() -> None:
    op.create_index("ix_inventory_updated_at", "inventory", ["updated_at"])
    op.drop_index("ix_inventory_updated_at_product_id", "inventory")
    op.create_index("ix_products_updated_at", "products", ["updated_at"])
    op.drop_index("ix_products_updated_at_id", "products")
    op.drop_table("viewed_products")
    op.drop_table("bought_together")
    op.drop_table("listings")
