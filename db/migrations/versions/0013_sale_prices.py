"""Sale prices, from one moment until another."""

import sqlalchemy as sa
from alembic import op

from db.types import UTCDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

COLUMNS: dict[str, type[sa.BigInteger | UTCDateTime]] = {
    "sale_price": sa.BigInteger,
    "sale_from": UTCDateTime,
    "sale_until": UTCDateTime,
}
# Each stands at the last of the columns that it is about: SQLite adds a rule with a column, and drops it with it.
CHECKS = {
    "sale_price": ("ck_products_sale_price_is_less", "sale_price > 0 AND sale_price < price"),
    "sale_until": ("ck_products_sale_has_time", "sale_from < sale_until"),
}


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for column, kind in COLUMNS.items():
        name, rule = CHECKS.get(column, ("", ""))
        if sqlite and rule:
            written = kind().compile(dialect=op.get_bind().dialect)
            op.execute(f"ALTER TABLE products ADD COLUMN {column} {written} CONSTRAINT {name} CHECK ({rule})")
            continue
        op.add_column("products", sa.Column(column, kind(), nullable=True))
        if rule:
            op.create_check_constraint(op.f(name), "products", rule)


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for column in reversed(COLUMNS):
        if column in CHECKS and not sqlite:
            op.drop_constraint(op.f(CHECKS[column][0]), "products", type_="check")
        op.drop_column("products", column)
