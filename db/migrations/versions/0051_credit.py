"""Store credit and gift cards: accounts, their movements, what orders hold of them, and the cards."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL, one_of
from db.types import Id, UTCDateTime, key

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

KINDS = ("redeemed", "given", "held", "returned", "refunded", "forfeited")
STATES = ("held", "spent", "released")
NAME = "ck_orders_credit_within_total"
RULE = "credit >= 0 AND credit <= total_price"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":  # which adds a rule with a column, and drops it with it
        rule = f"CONSTRAINT {NAME} CHECK ({RULE})"
        op.execute(f"ALTER TABLE orders ADD COLUMN credit BIGINT DEFAULT '0' NOT NULL {rule}")
    else:
        op.add_column("orders", sa.Column("credit", sa.BigInteger(), server_default="0", nullable=False))
        op.create_check_constraint(op.f(NAME), "orders", RULE)
    op.add_column("refunds", sa.Column("to_credit", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "credit_accounts",
        sa.Column("id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("currency", key(3), nullable=False),
        sa.Column("balance", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("in_use", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("balance >= 0", name="ck_credit_accounts_balance_not_negative"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_credit_accounts_user_id_users"),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_credit_accounts_owner_id_users"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("user_id", "owner_id", "currency", name="uq_credit_accounts_user_id_owner_id_currency"),
        **IN_MYSQL,
    )
    op.create_index("ix_credit_accounts_owner_id_id", "credit_accounts", ["owner_id", "id"])
    op.create_table(
        "gift_cards",
        sa.Column("id", Id, nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("digest", key(64), nullable=False),
        sa.Column("ending", key(4), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("currency", key(3), nullable=False),
        sa.Column("said", key(64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("actor", key(64), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=True),
        sa.Column("redeemed_by", Id, nullable=True),
        sa.Column("redeemed_at", UTCDateTime(), nullable=True),
        sa.Column("disabled_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("value > 0", name="ck_gift_cards_value_positive"),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_gift_cards_owner_id_users"),
        sa.ForeignKeyConstraint(["redeemed_by"], ["users.id"], name="fk_gift_cards_redeemed_by_users"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest", name="uq_gift_cards_digest"),
        sa.UniqueConstraint("said", "place", name="uq_gift_cards_said_place"),
        **IN_MYSQL,
    )
    op.create_index("ix_gift_cards_owner_id_id", "gift_cards", ["owner_id", "id"])
    op.create_index("ix_gift_cards_redeemed_by", "gift_cards", ["redeemed_by"])
    op.create_table(
        "credit_movements",
        sa.Column("id", Id, nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("delta", sa.BigInteger(), nullable=False),
        sa.Column("kind", one_of("credit_kind", *KINDS), nullable=False),
        sa.Column("order_id", Id, nullable=True),
        sa.Column("card_id", Id, nullable=True),
        sa.Column("refund_id", Id, nullable=True),
        sa.Column("said", key(64), nullable=True),
        sa.Column("reason", sa.String(255), nullable=True),
        sa.Column("actor", key(64), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["credit_accounts.id"], name="fk_credit_movements_account_id_credit_accounts"
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_credit_movements_order_id_orders"),
        sa.ForeignKeyConstraint(["card_id"], ["gift_cards.id"], name="fk_credit_movements_card_id_gift_cards"),
        sa.ForeignKeyConstraint(["refund_id"], ["refunds.id"], name="fk_credit_movements_refund_id_refunds"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("card_id", name="uq_credit_movements_card_id"),
        sa.UniqueConstraint("refund_id", name="uq_credit_movements_refund_id"),
        sa.UniqueConstraint("said", name="uq_credit_movements_said"),
        **IN_MYSQL,
    )
    op.create_index("ix_credit_movements_account_id_id", "credit_movements", ["account_id", "id"])
    op.create_index("ix_credit_movements_order_id", "credit_movements", ["order_id"])
    op.create_table(
        "credit_holds",
        sa.Column("id", Id, nullable=False),
        sa.Column("order_id", Id, nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("state", one_of("credit_hold_state", *STATES), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("amount >= 0", name="ck_credit_holds_amount_not_negative"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_credit_holds_order_id_orders"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["credit_accounts.id"], name="fk_credit_holds_account_id_credit_accounts"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("order_id", name="uq_credit_holds_order_id"),
        **IN_MYSQL,
    )
    op.create_index("ix_credit_holds_account_id_state", "credit_holds", ["account_id", "state"])


def downgrade() -> None:
    op.drop_table("credit_holds")
    op.drop_table("credit_movements")
    op.drop_table("gift_cards")
    op.drop_table("credit_accounts")
    op.drop_column("refunds", "to_credit")
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f(NAME), "orders", type_="check")
    op.drop_column("orders", "credit")
