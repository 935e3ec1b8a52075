"""The newest products of the whole shop are read along an index."""

from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_products_parent_id_archived_at_id", "products", ["parent_id", "archived_at", "id"])


def downgrade() -> None:
    op.drop_index("ix_products_parent_id_archived_at_id", "products")
