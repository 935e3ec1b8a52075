"""The hours that sellers chose: of the look that comes by itself, and of quiet."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL
from db.types import Id, UTCDateTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seller_hours",
        sa.Column("user_id", Id, autoincrement=False, nullable=False),
        sa.Column("digest_hour", sa.SmallInteger(), nullable=True),
        sa.Column("digest_due", UTCDateTime(), nullable=True),
        sa.Column("quiet_from", sa.SmallInteger(), nullable=True),
        sa.Column("quiet_to", sa.SmallInteger(), nullable=True),
        sa.Column("orders_pass", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_seller_hours_user_id_users"),
        sa.PrimaryKeyConstraint("user_id"),
        **IN_MYSQL,
    )
    op.create_index("ix_seller_hours_digest_due", "seller_hours", ["digest_due"])


def downgrade() -> None:
    op.drop_table("seller_hours")
