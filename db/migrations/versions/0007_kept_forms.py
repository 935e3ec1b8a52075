"""Forms that wait while a person is elsewhere, and which update opened a question."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL
from db.types import Id, UTCDateTime, key

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_forms",
        sa.Column("user_id", Id, autoincrement=False, nullable=False),
        sa.Column("kind", key(32), nullable=False),
        sa.Column("step", key(32), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_kept_forms_user_id_users"),
        sa.PrimaryKeyConstraint("user_id", "kind"),
        **IN_MYSQL,
    )
    op.add_column("dialogs", sa.Column("update_id", sa.BigInteger(), nullable=True))
    # notes that were written wait for their order: nothing is asked any more
    op.execute(
        "INSERT INTO kept_forms (user_id, kind, step, data, updated_at) "
        "SELECT user_id, kind, step, data, updated_at FROM dialogs "
        "WHERE kind = 'checkout_note' AND step IN ('kept', 'changing')"
    )
    op.execute("DELETE FROM dialogs WHERE kind = 'checkout_note' AND step IN ('kept', 'changing')")


def downgrade() -> None:
    op.drop_column("dialogs", "update_id")
    op.drop_table("kept_forms")
