"""Categories are hidden and shown again, and belong to whoever made them."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import add_columns, drop_columns
from db.types import Id

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

OWNER = "fk_categories_owner_id_users"


def upgrade() -> None:
    add_columns(
        "categories",
        sa.Column("hidden", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("off", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    with op.batch_alter_table("categories") as table:
        table.add_column(sa.Column("owner_id", Id, nullable=True))
        table.create_foreign_key(OWNER, "users", ["owner_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("categories") as table:
        table.drop_constraint(OWNER, type_="foreignkey")
        table.drop_column("owner_id")
    drop_columns("categories", "hidden", "off")
