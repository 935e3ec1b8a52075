"""The orders that used a promotion are listed, the newest first."""

from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_redemptions_promotion_id_id", "redemptions", ["promotion_id", "id"])


def downgrade() -> None:
    op.drop_index("ix_redemptions_promotion_id_id", "redemptions")
