"""Signing in at the desk: links out of the chat, sessions of browsers, tries of passwords."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL, one_of
from db.types import Id, UTCDateTime, key

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desk_links",
        sa.Column("user_id", Id, nullable=False, autoincrement=False),
        sa.Column("token_hash", key(64), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_desk_links_user_id_users"),
        sa.PrimaryKeyConstraint("user_id"),
        sa.UniqueConstraint("token_hash", name="uq_desk_links_token_hash"),
        **IN_MYSQL,
    )
    op.create_table(
        "desk_sessions",
        sa.Column("id", Id, nullable=False),
        sa.Column("token_hash", key(64), nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("opened_by", one_of("opened_by", "link", "password", "telegram"), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("ends_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_desk_sessions_user_id_users"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash", name="uq_desk_sessions_token_hash"),
        **IN_MYSQL,
    )
    op.create_index("ix_desk_sessions_user_id_id", "desk_sessions", ["user_id", "id"])
    op.create_table(
        "desk_tries",
        sa.Column("bucket", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("bucket"),
        **IN_MYSQL,
    )


def downgrade() -> None:
    op.drop_table("desk_tries")
    op.drop_table("desk_sessions")
    op.drop_table("desk_links")
