"""What products and categories are called in other languages."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("products", sa.Column("texts", sa.Text(), nullable=True))
    op.add_column("order_items", sa.Column("texts", sa.Text(), nullable=True))
    op.add_column("categories", sa.Column("texts", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("categories", "texts")
    op.drop_column("order_items", "texts")
    op.drop_column("products", "texts")
