"""What sending an order costs may be agreed after it was placed."""

import sqlalchemy as sa
from alembic import op

from db.types import UTCDateTime, key

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("orders", sa.Column("quote", key(16), nullable=True))
    op.add_column("orders", sa.Column("quoted_at", UTCDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("orders", "quoted_at")
    op.drop_column("orders", "quote")
