"""What a card shows: how it is sent, what was asked of the seller, and where the invoice stands."""

import sqlalchemy as sa
from alembic import op

from db.types import key

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("orders", sa.Column("shipping_title", sa.String(64), nullable=True))
    op.add_column("orders", sa.Column("cancel_request", key(16), nullable=True))
    op.add_column("payment_attempts", sa.Column("message_id", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("payment_attempts") as table:
        table.drop_column("message_id")
    with op.batch_alter_table("orders") as table:
        table.drop_column("cancel_request")
        table.drop_column("shipping_title")
