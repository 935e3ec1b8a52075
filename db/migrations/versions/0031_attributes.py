"""What a product is made of, how large it is …: names with values in the seller's words."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("products", sa.Column("attributes", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("products", "attributes")
