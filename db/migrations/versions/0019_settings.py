"""What operators set in the chat, over what the configuration says."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL
from db.types import UTCDateTime, key

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "settings",
        sa.Column("key", key(64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("changed_by", sa.String(64), nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        **IN_MYSQL,
    )


def downgrade() -> None:
    op.drop_table("settings")
