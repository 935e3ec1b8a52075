"""Who takes a parcel and where it is shown, and how long the way takes, as it was said when it was ordered."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("orders", sa.Column("shipping_days", sa.String(16), nullable=True))
    op.add_column("orders", sa.Column("carrier", sa.String(64), nullable=True))
    op.add_column("orders", sa.Column("tracking_url", sa.String(1024), nullable=True))


def downgrade() -> None:
    op.drop_column("orders", "tracking_url")
    op.drop_column("orders", "carrier")
    op.drop_column("orders", "shipping_days")
