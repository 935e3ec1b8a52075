"""Digital goods sold by the month: who pays for what until when, and the order of each month."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL, one_of
from db.types import Id, UTCDateTime, key

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("products", sa.Column("monthly", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("orders", sa.Column("month", key(8), nullable=True))
    op.create_table(
        "subscriptions",
        sa.Column("id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("order_id", Id, nullable=False),
        sa.Column("payload", key(64), nullable=False),
        sa.Column("charge_id", key(191), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("state", one_of("subscription_state", "active", "cancelled", "ended"), nullable=False),
        sa.Column("stopped_by", key(16), nullable=True),
        sa.Column("paid_until", UTCDateTime(), nullable=False),
        sa.Column("reminded_until", UTCDateTime(), nullable=True),
        sa.Column("wish", key(8), nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("run_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_subscriptions_user_id_users"),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_subscriptions_owner_id_users"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_subscriptions_product_id_products"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_subscriptions_order_id_orders"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("payload", name="uq_subscriptions_payload"),
        **IN_MYSQL,
    )
    op.create_index("ix_subscriptions_user_id_id", "subscriptions", ["user_id", "id"])
    op.create_index("ix_subscriptions_owner_id_state_id", "subscriptions", ["owner_id", "state", "id"])
    op.create_index("ix_subscriptions_product_id_state", "subscriptions", ["product_id", "state"])
    op.create_index("ix_subscriptions_state_paid_until", "subscriptions", ["state", "paid_until"])
    op.create_index("ix_subscriptions_wish_run_at", "subscriptions", ["wish", "run_at"])
    op.create_index("ix_subscriptions_order_id", "subscriptions", ["order_id"])
    op.create_table(
        "subscription_periods",
        sa.Column("id", Id, nullable=False),
        sa.Column("subscription_id", Id, nullable=False),
        sa.Column("order_id", Id, nullable=False),
        sa.Column("until", UTCDateTime(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscriptions.id"], name="fk_subscription_periods_subscription_id_subscriptions"
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_subscription_periods_order_id_orders"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("order_id", name="uq_subscription_periods_order_id"),
        **IN_MYSQL,
    )
    op.create_index(
        "ix_subscription_periods_subscription_id_until", "subscription_periods", ["subscription_id", "until"]
    )


def downgrade() -> None:
    op.drop_table("subscription_periods")
    op.drop_table("subscriptions")
    op.drop_column("orders", "month")
    op.drop_column("products", "monthly")
