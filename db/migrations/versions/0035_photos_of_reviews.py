"""A review has several photos: those after the first, a line each."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reviews", sa.Column("more_photos", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("reviews", "more_photos")
