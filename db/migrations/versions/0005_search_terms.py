"""Products answer to pieces of words, to words written as one, and to the words of their variants."""

import sqlalchemy as sa
from alembic import op

from db.models.term import AT_ONCE, rewrite

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

PRODUCTS = sa.table("products", sa.column("id", sa.BigInteger()), sa.column("parent_id", sa.BigInteger()))
TERMS = sa.table("product_terms", sa.column("term", sa.String()))


def upgrade() -> None:
    connection = op.get_bind()
    last = 0
    while True:
        query = sa.select(PRODUCTS.c.id).where(PRODUCTS.c.parent_id.is_(None), PRODUCTS.c.id > last)
        ids = connection.scalars(query.order_by(PRODUCTS.c.id).limit(AT_ONCE)).all()
        if not ids:
            return
        rewrite(connection, ids)
        last = ids[-1]


def downgrade() -> None:
    op.execute(sa.delete(TERMS).where(TERMS.c.term.startswith("*")))
