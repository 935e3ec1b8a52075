"""Promotions say when they first ran: those that never did are drafts."""

import sqlalchemy as sa
from alembic import op

from db.types import UTCDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("promotions", sa.Column("started_at", UTCDateTime(), nullable=True))
    op.execute(sa.text("UPDATE promotions SET started_at = created_at"))


def downgrade() -> None:
    op.drop_column("promotions", "started_at")
