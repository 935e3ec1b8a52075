"""Lists that are taken in page by page, and what they changed."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL, one_of
from db.types import Id, UTCDateTime, key

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_runs",
        sa.Column("id", Id, nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=True),
        sa.Column("actor", key(64), nullable=False),
        sa.Column("batch", key(32), nullable=False),
        sa.Column("mark", key(24), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("file_id", sa.String(255), nullable=True),
        sa.Column("bot_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("state", one_of("import_state", "writing", "written", "undoing", "undone"), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("total", "position", "new", "changed", "aside")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("put_back", "kept_count")),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.Column("lease_until", UTCDateTime(), nullable=True),
        sa.Column("started_at", UTCDateTime(), nullable=False),
        sa.Column("written_at", UTCDateTime(), nullable=True),
        sa.Column("undone_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_import_runs_owner_id_users"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_import_runs_user_id_users"),
        sa.PrimaryKeyConstraint("id"),
        **IN_MYSQL,
    )
    op.create_index("ix_import_runs_owner_id_state_id", "import_runs", ["owner_id", "state", "id"])
    op.create_index("ix_import_runs_state_id", "import_runs", ["state", "id"])
    op.create_index("ix_import_runs_batch", "import_runs", ["batch"])
    op.create_table(
        "import_changes",
        sa.Column("id", Id, nullable=False),
        sa.Column("run_id", Id, nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("created", sa.Boolean(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("stock", sa.Integer(), nullable=False),
        sa.Column("statement", sa.String(255), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["import_runs.id"], name="fk_import_changes_run_id_import_runs"),
        sa.PrimaryKeyConstraint("id"),
        **IN_MYSQL,
    )
    op.create_index("ix_import_changes_run_id_page_id", "import_changes", ["run_id", "page", "id"])


def downgrade() -> None:
    for table in ("import_changes", "import_runs"):
        op.drop_table(table)
