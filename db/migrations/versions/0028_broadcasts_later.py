"""Broadcasts have a photo and a format, go out later by themselves, and show how far they are."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import add_columns, drop_columns
from db.types import UTCDateTime, key

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_columns(
        "broadcasts",
        sa.Column("html", sa.Text(), nullable=True),
        sa.Column("photo_file_id", key(255), nullable=True),
        sa.Column("photo_bot_id", sa.BigInteger(), nullable=True),
        sa.Column("shown_to", sa.BigInteger(), nullable=True),
        sa.Column("shown_in", sa.BigInteger(), nullable=True),
        sa.Column("starts_at", UTCDateTime(), nullable=True),
    )
    op.create_index("ix_broadcasts_state_starts_at", "broadcasts", ["state", "starts_at"])


def downgrade() -> None:
    op.drop_index("ix_broadcasts_state_starts_at", "broadcasts")
    drop_columns("broadcasts", "starts_at", "shown_in", "shown_to", "photo_bot_id", "photo_file_id", "html")
