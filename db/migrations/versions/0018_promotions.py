"""Promotions, their codes, and which order used which."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL, one_of
from db.types import Id, UTCDateTime, key

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "promotions",
        sa.Column("id", Id, nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("kind", one_of("promotion_kind", "percent", "fixed", "free_shipping", "buy_x_get_y"), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("currency", key(3), nullable=False),
        sa.Column("buy_units", sa.Integer(), nullable=False),
        sa.Column("free_units", sa.Integer(), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("min_amount", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", UTCDateTime(), nullable=True),
        sa.Column("ends_at", UTCDateTime(), nullable=True),
        sa.Column("total_limit", sa.Integer(), nullable=True),
        sa.Column("per_person", sa.Integer(), nullable=True),
        sa.Column("first_order", sa.Boolean(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("stopped_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("used >= 0", name=op.f("ck_promotions_used_not_negative")),
        sa.CheckConstraint("total_limit IS NULL OR used <= total_limit", name=op.f("ck_promotions_used_within_limit")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_promotions_owner_id_users"),
        sa.PrimaryKeyConstraint("id"),
        **IN_MYSQL,
    )
    op.create_index("ix_promotions_owner_id_id", "promotions", ["owner_id", "id"])
    op.create_index(
        "ix_promotions_owner_id_automatic_stopped_at", "promotions", ["owner_id", "automatic", "stopped_at"]
    )
    op.create_table(
        "promotion_goods",
        sa.Column("id", Id, nullable=False),
        sa.Column("promotion_id", Id, nullable=False),
        sa.Column("category_id", sa.BigInteger(), nullable=True),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["promotion_id"], ["promotions.id"], name="fk_promotion_goods_promotion_id_promotions"),
        sa.PrimaryKeyConstraint("id"),
        **IN_MYSQL,
    )
    op.create_index("ix_promotion_goods_promotion_id_id", "promotion_goods", ["promotion_id", "id"])
    op.create_table(
        "promo_codes",
        sa.Column("id", Id, nullable=False),
        sa.Column("promotion_id", Id, nullable=False),
        sa.Column("code", key(32), nullable=False),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("used >= 0", name=op.f("ck_promo_codes_used_not_negative")),
        sa.CheckConstraint("most IS NULL OR used <= most", name=op.f("ck_promo_codes_used_within_most")),
        sa.ForeignKeyConstraint(["promotion_id"], ["promotions.id"], name="fk_promo_codes_promotion_id_promotions"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code", name="uq_promo_codes_code"),
        **IN_MYSQL,
    )
    op.create_index("ix_promo_codes_promotion_id_id", "promo_codes", ["promotion_id", "id"])
    op.create_table(
        "redemptions",
        sa.Column("id", Id, nullable=False),
        sa.Column("order_id", Id, nullable=False),
        sa.Column("promotion_id", Id, nullable=False),
        sa.Column("code_id", Id, nullable=True),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("released_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_redemptions_order_id_orders"),
        sa.ForeignKeyConstraint(["promotion_id"], ["promotions.id"], name="fk_redemptions_promotion_id_promotions"),
        sa.ForeignKeyConstraint(["code_id"], ["promo_codes.id"], name="fk_redemptions_code_id_promo_codes"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_redemptions_user_id_users"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("order_id", "promotion_id", name="uq_redemptions_order_id_promotion_id"),
        **IN_MYSQL,
    )
    op.create_index(
        "ix_redemptions_promotion_id_user_id_released_at", "redemptions", ["promotion_id", "user_id", "released_at"]
    )
    op.create_index("ix_redemptions_code_id", "redemptions", ["code_id"])
    op.add_column("order_items", sa.Column("discount", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("orders", sa.Column("free_shipping", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("carts", sa.Column("code_id", sa.BigInteger(), nullable=True))
    op.add_column("carts", sa.Column("wrong_codes", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("carts", sa.Column("wrong_since", UTCDateTime(), nullable=True))


def downgrade() -> None:
    for column in ("wrong_since", "wrong_codes", "code_id"):
        op.drop_column("carts", column)
    op.drop_column("orders", "free_shipping")
    op.drop_column("order_items", "discount")
    for table in ("redemptions", "promo_codes", "promotion_goods", "promotions"):
        op.drop_table(table)
