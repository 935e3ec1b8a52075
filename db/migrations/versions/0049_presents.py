"""Orders may be presents, with a message; addresses may be those of other people, with a name for them."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("orders", sa.Column("present", sa.String(300), nullable=True))
    op.add_column("addresses", sa.Column("label", sa.String(32), nullable=True))


def downgrade() -> None:
    op.drop_column("addresses", "label")
    op.drop_column("orders", "present")
