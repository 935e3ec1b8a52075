"""The messages that show an order."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL
from db.types import Id, key

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "order_sights",
        sa.Column("id", Id, nullable=False),
        sa.Column("order_id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("button", key(64), nullable=True),
        sa.Column("notification_id", Id, nullable=True),
        sa.Column("is_photo", sa.Boolean(), nullable=False),
        sa.Column("digest", key(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["notification_id"], ["notifications.id"], name="fk_order_sights_notification_id_notifications"
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_order_sights_order_id_orders"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_order_sights_user_id_users"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("order_id", "user_id", "message_id", name="uq_order_sights_order_id_user_id_message_id"),
        **IN_MYSQL,
    )


def downgrade() -> None:
    op.drop_table("order_sights")
