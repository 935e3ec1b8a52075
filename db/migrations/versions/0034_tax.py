"""Products have a class of tax; orders and their lines keep the rates at which they were sold."""

import sqlalchemy as sa

from db.migrations.tables import add_columns, drop_columns
from db.types import key

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_columns("products", sa.Column("tax_class", key(16), nullable=True))
    add_columns(
        "orders",
        sa.Column("tax_within", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("tax_country", key(2), nullable=True),
        sa.Column("shipping_tax", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("shipping_tax_rate", sa.Integer(), nullable=False, server_default="0"),
    )
    add_columns(
        "order_items",
        sa.Column("tax_class", key(16), nullable=True),
        sa.Column("tax_rate", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("tax", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("tax_within", sa.BigInteger(), nullable=False, server_default="0"),
    )


def downgrade() -> None:
    drop_columns("order_items", "tax_within", "tax", "tax_rate", "tax_class")
    drop_columns("orders", "shipping_tax_rate", "shipping_tax", "tax_country", "tax_within")
    drop_columns("products", "tax_class")
