"""Groups and channels that the bot was let into, and products on show there."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL
from db.types import Id, UTCDateTime, key

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

SIGHTS, ONE, ONE_A_CHAT = (
    "order_sights",
    "uq_order_sights_order_id_user_id_message_id",
    "uq_order_sights_order_id_user_id_staff_chat_id_message_id",
)


def upgrade() -> None:
    op.create_table(
        "staff_chats",
        sa.Column("id", Id, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("type", key(16), nullable=False),
        sa.Column("title", sa.String(255), nullable=False),
        sa.Column("is_forum", sa.Boolean(), nullable=False),
        sa.Column("owner_id", Id, nullable=True),
        sa.Column("reader_id", Id, nullable=False),
        sa.Column("created_by", Id, nullable=False),
        sa.Column("kinds", key(128), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("keeps_private", sa.Boolean(), nullable=False),
        sa.Column("broken_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_staff_chats_owner_id_users"),
        sa.ForeignKeyConstraint(["reader_id"], ["users.id"], name="fk_staff_chats_reader_id_users"),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name="fk_staff_chats_created_by_users"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("chat_id", name="uq_staff_chats_chat_id"),
        **IN_MYSQL,
    )
    op.create_index("ix_staff_chats_owner_id_broken_at", "staff_chats", ["owner_id", "broken_at"])
    op.create_table(
        "posts",
        sa.Column("id", Id, nullable=False),
        sa.Column("staff_chat_id", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("posted_by", Id, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("is_photo", sa.Boolean(), nullable=False),
        sa.Column("digest", key(32), nullable=False),
        sa.Column("checked_at", UTCDateTime(), nullable=False),
        sa.Column("gone_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_chat_id"], ["staff_chats.id"], name="fk_posts_staff_chat_id_staff_chats"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_posts_product_id_products"),
        sa.ForeignKeyConstraint(["posted_by"], ["users.id"], name="fk_posts_posted_by_users"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("staff_chat_id", "message_id", name="uq_posts_staff_chat_id_message_id"),
        **IN_MYSQL,
    )
    op.create_index("ix_posts_gone_at_checked_at_id", "posts", ["gone_at", "checked_at", "id"])
    op.create_index("ix_posts_product_id_gone_at_id", "posts", ["product_id", "gone_at", "id"])
    for table in ("notifications", SIGHTS):
        op.add_column(table, sa.Column("staff_chat_id", Id, nullable=False, server_default="0"))
    with op.batch_alter_table(SIGHTS) as batch:
        # the new one first: on MySQL one of them serves the foreign key
        batch.create_unique_constraint(ONE_A_CHAT, ["order_id", "user_id", "staff_chat_id", "message_id"])
        batch.drop_constraint(ONE, type_="unique")


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM order_sights WHERE staff_chat_id <> 0"))
    with op.batch_alter_table(SIGHTS) as batch:
        batch.create_unique_constraint(ONE, ["order_id", "user_id", "message_id"])
        batch.drop_constraint(ONE_A_CHAT, type_="unique")
    for table in ("notifications", SIGHTS):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("staff_chat_id")
    op.drop_table("posts")
    op.drop_table("staff_chats")
