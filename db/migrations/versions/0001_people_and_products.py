"""People and products."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL, one_of
from db.types import Id, UTCDateTime, key

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", Id, nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=True),
        sa.Column("username", key(64), nullable=True),
        sa.Column("username_folded", key(64), nullable=True),
        sa.Column("name", sa.String(128), nullable=False),
        sa.Column("email", key(191), nullable=True),
        sa.Column("password_hash", sa.String(255), nullable=True),
        sa.Column("role", one_of("role", "customer", "admin"), nullable=False),
        sa.Column("language", sa.String(16), nullable=True),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("email", name="uq_users_email"),
        sa.UniqueConstraint("telegram_id", name="uq_users_telegram_id"),
        sa.UniqueConstraint("username", name="uq_users_username"),
        **IN_MYSQL,
    )
    op.create_index("ix_users_role_id", "users", ["role", "id"])
    op.create_index("ix_users_username_folded", "users", ["username_folded"])
    op.create_table(
        "categories",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.String(128), nullable=False),
        sa.Column("parent_id", Id, nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["categories.id"], name="fk_categories_parent_id_categories", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        **IN_MYSQL,
    )
    op.create_index("ix_categories_parent_id_position_id", "categories", ["parent_id", "position", "id"])
    op.create_table(
        "products",
        sa.Column("id", Id, nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("parent_id", Id, nullable=True),
        sa.Column("category_id", Id, nullable=True),
        sa.Column("sku", key(64), nullable=False),
        sa.Column("sku_folded", key(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("option_label", sa.String(128), nullable=True),
        sa.Column("option_names", sa.String(128), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("currency", key(3), nullable=False),
        sa.Column("kind", one_of("product_kind", "physical", "digital"), nullable=False),
        sa.Column("digital_content", sa.Text(), nullable=True),
        sa.Column("image_url", sa.String(1024), nullable=True),
        sa.Column("photo_file_id", sa.String(255), nullable=True),
        sa.Column("photo_bot_id", sa.BigInteger(), nullable=True),
        sa.Column("rating_sum", sa.Integer(), nullable=False),
        sa.Column("rating_count", sa.Integer(), nullable=False),
        sa.Column("archived_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("price >= 0", name=op.f("ck_products_price_not_negative")),
        sa.CheckConstraint("rating_count >= 0", name=op.f("ck_products_rating_count_not_negative")),
        sa.ForeignKeyConstraint(["category_id"], ["categories.id"], name="fk_products_category_id_categories"),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_products_owner_id_users"),
        sa.ForeignKeyConstraint(["parent_id"], ["products.id"], name="fk_products_parent_id_products"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("owner_id", "sku", name="uq_products_owner_id_sku"),
        **IN_MYSQL,
    )
    op.create_index(
        "ix_products_category_id_archived_at_parent_id_id",
        "products",
        ["category_id", "archived_at", "parent_id", "id"],
    )
    op.create_index("ix_products_owner_id_parent_id_id", "products", ["owner_id", "parent_id", "id"])
    op.create_index("ix_products_parent_id_position_id", "products", ["parent_id", "position", "id"])
    op.create_index("ix_products_photo_file_id", "products", ["photo_file_id"])
    op.create_index("ix_products_sku_folded_owner_id_id", "products", ["sku_folded", "owner_id", "id"])
    op.create_index("ix_products_updated_at", "products", ["updated_at"])
    op.create_table(
        "product_terms",
        sa.Column("term", key(16), nullable=False),
        sa.Column("product_id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_product_terms_product_id_products"),
        sa.PrimaryKeyConstraint("term", "product_id"),
        sqlite_with_rowid=False,
        **IN_MYSQL,
    )
    op.create_index("ix_product_terms_product_id", "product_terms", ["product_id"])
    op.create_table(
        "inventory",
        sa.Column("product_id", Id, autoincrement=False, nullable=False),
        sa.Column("quantity_in_stock", sa.Integer(), nullable=False),
        sa.Column("quantity_reserved", sa.Integer(), nullable=False),
        sa.Column("low_stock_at", sa.Integer(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("quantity_reserved >= 0", name=op.f("ck_inventory_reserved_not_negative")),
        sa.CheckConstraint("quantity_reserved <= quantity_in_stock", name=op.f("ck_inventory_reserved_within_stock")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_inventory_product_id_products"),
        sa.PrimaryKeyConstraint("product_id"),
        **IN_MYSQL,
    )
    op.create_index("ix_inventory_updated_at", "inventory", ["updated_at"])


def downgrade() -> None:
    op.drop_table("inventory")
    op.drop_table("product_terms")
    op.drop_table("products")
    op.drop_table("categories")
    op.drop_table("users")
