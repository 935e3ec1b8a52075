"""Why a review is hidden, and who hid it."""

import sqlalchemy as sa
from alembic import op

from db.types import key

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reviews", sa.Column("hidden_reason", sa.String(255), nullable=True))
    op.add_column("reviews", sa.Column("hidden_by", key(64), nullable=True))


def downgrade() -> None:
    op.drop_column("reviews", "hidden_by")
    op.drop_column("reviews", "hidden_reason")
