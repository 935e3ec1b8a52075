"""Further pictures of products; the one that a product has stays its first."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL
from db.types import Id

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "product_photos",
        sa.Column("id", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("image_url", sa.String(length=1024), nullable=True),
        sa.Column("photo_file_id", sa.String(length=255), nullable=True),
        sa.Column("photo_bot_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("position > 0", name=op.f("ck_product_photos_position_after_first")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_product_photos_product_id_products")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_photos")),
        sa.UniqueConstraint("product_id", "position", name=op.f("uq_product_photos_product_id_position")),
        **IN_MYSQL,
    )


def downgrade() -> None:
    op.drop_table("product_photos")
