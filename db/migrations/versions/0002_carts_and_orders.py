"""Carts, orders, and what happened to the stock."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL, one_of
from db.types import Id, UTCDateTime, key

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "carts",
        sa.Column("id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_carts_user_id_users"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("user_id", name="uq_carts_user_id"),
        **IN_MYSQL,
    )
    op.create_table(
        "cart_items",
        sa.Column("id", Id, nullable=False),
        sa.Column("cart_id", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("seen_price", sa.BigInteger(), nullable=False),
        sa.Column("seen_currency", key(3), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_cart_items_quantity_positive")),
        sa.ForeignKeyConstraint(["cart_id"], ["carts.id"], name="fk_cart_items_cart_id_carts", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_cart_items_product_id_products"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("cart_id", "product_id", name="uq_cart_items_cart_id_product_id"),
        **IN_MYSQL,
    )
    op.create_table(
        "orders",
        sa.Column("id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column(
            "status",
            one_of("order_status", "pending", "processing", "shipped", "completed", "cancelled"),
            nullable=False,
        ),
        sa.Column("kind", one_of("order_kind", "physical", "digital"), nullable=False),
        sa.Column("subtotal", sa.BigInteger(), nullable=False),
        sa.Column("discount", sa.BigInteger(), nullable=False),
        sa.Column("shipping", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("total_price", sa.BigInteger(), nullable=False),
        sa.Column("currency", key(3), nullable=False),
        sa.Column("checkout_key", key(64), nullable=False),
        sa.Column("payment_method", key(32), nullable=True),
        sa.Column("shipping_option", sa.String(64), nullable=True),
        sa.Column("address", sa.JSON(), nullable=True),
        sa.Column("note", sa.String(512), nullable=True),
        sa.Column("tracking", sa.String(128), nullable=True),
        sa.Column("cancel_reason", sa.String(255), nullable=True),
        sa.Column("card_message_id", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("completed_at", UTCDateTime(), nullable=True),
        sa.Column("review_asked_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "subtotal >= 0 AND discount >= 0 AND shipping >= 0 AND tax >= 0",
            name=op.f("ck_orders_amounts_not_negative"),
        ),
        sa.CheckConstraint("total_price = subtotal - discount + shipping + tax", name=op.f("ck_orders_total_adds_up")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_orders_owner_id_users"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_orders_user_id_users"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("checkout_key", name="uq_orders_checkout_key"),
        **IN_MYSQL,
    )
    op.create_index("ix_orders_owner_id_id", "orders", ["owner_id", "id"])
    op.create_index("ix_orders_owner_id_status_id", "orders", ["owner_id", "status", "id"])
    op.create_index("ix_orders_review_asked_at_completed_at", "orders", ["review_asked_at", "completed_at"])
    op.create_index("ix_orders_status_expires_at", "orders", ["status", "expires_at"])
    op.create_index("ix_orders_status_id", "orders", ["status", "id"])
    op.create_index("ix_orders_updated_at", "orders", ["updated_at"])
    op.create_index("ix_orders_user_id_id", "orders", ["user_id", "id"])
    op.create_table(
        "order_items",
        sa.Column("id", Id, nullable=False),
        sa.Column("order_id", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("name", sa.String(330), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_order_items_quantity_positive")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_order_items_order_id_orders"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_order_items_product_id_products"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("order_id", "product_id", name="uq_order_items_order_id_product_id"),
        **IN_MYSQL,
    )
    op.create_index("ix_order_items_product_id", "order_items", ["product_id"])
    op.create_table(
        "order_events",
        sa.Column("id", Id, nullable=False),
        sa.Column("order_id", Id, nullable=False),
        sa.Column("from_status", key(24), nullable=True),
        sa.Column("to_status", key(24), nullable=False),
        sa.Column("actor", key(64), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_order_events_order_id_orders"),
        sa.PrimaryKeyConstraint("id"),
        **IN_MYSQL,
    )
    op.create_index("ix_order_events_order_id_id", "order_events", ["order_id", "id"])
    op.create_table(
        "stock_movements",
        sa.Column("id", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("delta", sa.Integer(), nullable=False),
        sa.Column("reason", one_of("movement_reason", "received", "sold", "returned", "corrected"), nullable=False),
        sa.Column("actor", key(64), nullable=False),
        sa.Column("order_id", Id, nullable=True),
        sa.Column("note", sa.String(255), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_stock_movements_order_id_orders"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_stock_movements_product_id_products"),
        sa.PrimaryKeyConstraint("id"),
        **IN_MYSQL,
    )
    op.create_index("ix_stock_movements_order_id", "stock_movements", ["order_id"])
    op.create_index("ix_stock_movements_product_id_id", "stock_movements", ["product_id", "id"])
    op.create_index("ix_stock_movements_product_id_reason_id", "stock_movements", ["product_id", "reason", "id"])
    op.create_table(
        "stock_watches",
        sa.Column("id", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_stock_watches_product_id_products"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_stock_watches_user_id_users"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("product_id", "user_id", name="uq_stock_watches_product_id_user_id"),
        **IN_MYSQL,
    )
    op.create_table(
        "reviews",
        sa.Column("id", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("order_id", Id, nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("owner_reply", sa.Text(), nullable=True),
        sa.Column("hidden_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_reviews_rating_one_to_five")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_reviews_order_id_orders"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_reviews_product_id_products"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_reviews_user_id_users"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("product_id", "user_id", name="uq_reviews_product_id_user_id"),
        **IN_MYSQL,
    )
    op.create_index("ix_reviews_product_id_hidden_at_id", "reviews", ["product_id", "hidden_at", "id"])


def downgrade() -> None:
    op.drop_table("reviews")
    op.drop_table("stock_watches")
    op.drop_table("stock_movements")
    op.drop_table("order_events")
    op.drop_table("order_items")
    op.drop_table("orders")
    op.drop_table("cart_items")
    op.drop_table("carts")
