"""What a seller's side keeps in mind about an order, and the short texts that it answers customers with."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL
from db.types import Id, UTCDateTime, key, text_column

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "order_notes",
        sa.Column("id", Id, nullable=False),
        sa.Column("order_id", Id, nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("text", text_column(), nullable=False),
        sa.Column("actor", key(64), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_order_notes_order_id_orders"),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_order_notes_owner_id_users"),
        sa.PrimaryKeyConstraint("id"),
        **IN_MYSQL,
    )
    op.create_index("ix_order_notes_order_id_id", "order_notes", ["order_id", "id"])
    op.create_index("ix_order_notes_owner_id", "order_notes", ["owner_id"])
    op.create_table(
        "saved_answers",
        sa.Column("id", Id, nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("text", text_column(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_saved_answers_owner_id_users"),
        sa.PrimaryKeyConstraint("id"),
        **IN_MYSQL,
    )
    op.create_index("ix_saved_answers_owner_id_id", "saved_answers", ["owner_id", "id"])


def downgrade() -> None:
    op.drop_table("saved_answers")
    op.drop_table("order_notes")
