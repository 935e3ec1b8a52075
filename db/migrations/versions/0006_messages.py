"""What customers and sellers say to each other, photos of reviews, and news of orders ahead of chatter."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL, one_of
from db.types import Id, UTCDateTime, key

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WAITING = "ix_notifications_user_id_sent_at_dead_at_id"
WAITING_IN_TURN = "ix_notifications_user_id_sent_at_dead_at_priority_id"


def upgrade() -> None:
    op.create_table(
        "messages",
        sa.Column("id", Id, nullable=False),
        sa.Column("order_id", Id, nullable=True),
        sa.Column("product_id", Id, nullable=True),
        sa.Column("customer_id", Id, nullable=False),
        sa.Column("seller_id", Id, nullable=False),
        sa.Column("author", one_of("message_author", "customer", "seller", "operator"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("photo_file_id", sa.String(255), nullable=True),
        sa.Column("photo_bot_id", sa.BigInteger(), nullable=True),
        sa.Column("album", key(64), nullable=True),
        sa.Column("once", key(96), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_messages_order_id_orders"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_messages_product_id_products"),
        sa.ForeignKeyConstraint(["customer_id"], ["users.id"], name="fk_messages_customer_id_users"),
        sa.ForeignKeyConstraint(["seller_id"], ["users.id"], name="fk_messages_seller_id_users"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("once", name="uq_messages_once"),
        **IN_MYSQL,
    )
    op.create_index("ix_messages_order_id_id", "messages", ["order_id", "id"])
    op.create_index(
        "ix_messages_customer_id_seller_id_order_id_id", "messages", ["customer_id", "seller_id", "order_id", "id"]
    )
    op.create_index("ix_messages_seller_id_id", "messages", ["seller_id", "id"])
    op.add_column("reviews", sa.Column("photo_file_id", sa.String(255), nullable=True))
    op.add_column("reviews", sa.Column("photo_bot_id", sa.BigInteger(), nullable=True))
    op.add_column("notifications", sa.Column("priority", sa.SmallInteger(), nullable=False, server_default="0"))
    op.create_index(WAITING_IN_TURN, "notifications", ["user_id", "sent_at", "dead_at", "priority", "id"])
    op.drop_index(WAITING, "notifications")


def downgrade() -> None:
    op.create_index(WAITING, "notifications", ["user_id", "sent_at", "dead_at", "id"])
    op.drop_index(WAITING_IN_TURN, "notifications")
    op.drop_column("notifications", "priority")
    op.drop_column("reviews", "photo_bot_id")
    op.drop_column("reviews", "photo_file_id")
    op.drop_table("messages")
