"""Products have a weight, and orders know what they weigh."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("products", sa.Column("weight", sa.Integer(), nullable=True))
    op.add_column("orders", sa.Column("weight", sa.BigInteger(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("orders", "weight")
    op.drop_column("products", "weight")
