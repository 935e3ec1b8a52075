"""Find what was paid on a day, and the reviews of a seller's goods, along an index."""

import sqlalchemy as sa
from alembic import op

from db.types import Id

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_payments_payment_date", "payments", ["payment_date"])
    op.add_column("reviews", sa.Column("owner_id", Id, nullable=True))
    op.execute(
        "UPDATE reviews SET owner_id = (SELECT products.owner_id FROM products WHERE products.id = reviews.product_id)"
    )
    op.create_index("ix_reviews_owner_id_id", "reviews", ["owner_id", "id"])


def downgrade() -> None:
    op.drop_index("ix_reviews_owner_id_id", "reviews")
    op.drop_column("reviews", "owner_id")
    op.drop_index("ix_payments_payment_date", "payments")
