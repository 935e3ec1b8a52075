"""Orders say what their discount is called, and refunds of which line they are."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import add_columns, drop_columns
from db.types import Id

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_NAME = (
    "(SELECT MIN(COALESCE(promo_codes.code, promotions.name)) FROM redemptions "
    "JOIN promotions ON promotions.id = redemptions.promotion_id "
    "LEFT JOIN promo_codes ON promo_codes.id = redemptions.code_id "
    "WHERE redemptions.order_id = orders.id AND redemptions.amount {amount})"
)


def upgrade() -> None:
    add_columns(
        "orders",
        sa.Column("discount_name", sa.String(64), nullable=True),
        sa.Column("shipping_offer", sa.String(64), nullable=True),
    )
    names = f"discount_name = {_NAME.format(amount='> 0')}, shipping_offer = {_NAME.format(amount='= 0')}"
    op.execute(sa.text(f"UPDATE orders SET {names} WHERE id IN (SELECT order_id FROM redemptions)"))  # noqa: S608  our own names
    add_columns(
        "refunds",
        sa.Column("item_id", Id, nullable=True),
        sa.Column("units", sa.Integer(), nullable=True),
    )


def downgrade() -> None:
    drop_columns("refunds", "units", "item_id")
    drop_columns("orders", "shipping_offer", "discount_name")
