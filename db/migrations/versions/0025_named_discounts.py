"""Orders say what their discount is called, and refunds of which line they are."""

import sqlalchemy as sa
from alembic import op

from db.types import Id

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_NAMES = (("discount_name", "> 0"), ("shipping_offer", "= 0"))


def upgrade() -> None:
    for column, amount in _NAMES:
        op.add_column("orders", sa.Column(column, sa.String(64), nullable=True))
        op.execute(
            sa.text(
                f"UPDATE orders SET {column} = (SELECT MIN(COALESCE(promo_codes.code, promotions.name)) "  # noqa: S608  our own names
                "FROM redemptions JOIN promotions ON promotions.id = redemptions.promotion_id "
                "LEFT JOIN promo_codes ON promo_codes.id = redemptions.code_id "
                f"WHERE redemptions.order_id = orders.id AND redemptions.amount {amount})"
            )
        )
    op.add_column("refunds", sa.Column("item_id", Id, nullable=True))
    op.add_column("refunds", sa.Column("units", sa.Integer(), nullable=True))


def downgrade() -> None:
    for table, column in (
        ("refunds", "units"),
        ("refunds", "item_id"),
        ("orders", "shipping_offer"),
        ("orders", "discount_name"),
    ):
        op.drop_column(table, column)
