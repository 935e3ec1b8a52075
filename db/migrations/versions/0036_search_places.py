"""What products are found by has a place in the result: the best answers first; typos, codes and "ue" for "ü" count."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL
from db.models.term import AT_ONCE, DEEPEST, rows_for
from db.types import Id, key

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

# As they are at this revision: the models of today have columns that are not there yet.
PRODUCTS = sa.table(
    "products",
    *(sa.column(name, sa.BigInteger()) for name in ("id", "parent_id", "category_id")),
    *(sa.column(name, sa.String()) for name in ("name", "description", "option_label", "sku")),
    sa.column("archived_at", sa.DateTime()),
)
CATEGORIES = sa.table(
    "categories",
    *(sa.column(name, sa.BigInteger()) for name in ("id", "parent_id")),
    sa.column("name", sa.String()),
)
TERMS = sa.table(
    "product_terms",
    sa.column("term", sa.String()),
    *(sa.column(name, sa.BigInteger()) for name in ("place", "product_id")),
)


def upgrade() -> None:
    op.drop_table("product_terms")
    op.create_table(
        "product_terms",
        sa.Column("term", key(16), nullable=False),
        sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_product_terms_product_id_products"),
        sa.PrimaryKeyConstraint("term", "place"),
        sqlite_with_rowid=False,
        **IN_MYSQL,
    )
    op.create_index("ix_product_terms_product_id_term", "product_terms", ["product_id", "term"])
    connection = op.get_bind()
    shelves = _shelves(connection)
    last = 0
    while True:
        tops = PRODUCTS.c.parent_id.is_(None)
        query = sa.select(PRODUCTS).where(tops, PRODUCTS.c.id > last).order_by(PRODUCTS.c.id).limit(AT_ONCE)
        some = connection.execute(query).all()
        if not some:
            return
        _write(connection, some, shelves)
        last = some[-1].id


def _write(connection: sa.Connection, tops: Sequence[sa.Row[Any]], shelves: dict[int, list[str]]) -> None:
    labels: dict[int, list[str]] = {}
    skus: dict[int, list[str]] = {}
    mine = PRODUCTS.c.parent_id.in_([top.id for top in tops])
    query = sa.select(PRODUCTS).where(mine, PRODUCTS.c.archived_at.is_(None)).order_by(PRODUCTS.c.id)
    for variant in connection.execute(query):
        labels.setdefault(variant.parent_id, []).append(variant.option_label or "")
        skus.setdefault(variant.parent_id, []).append(variant.sku)
    rows = [
        row
        for top in tops
        for row in rows_for(
            top.id,
            top.name,
            top.description or "",
            (*shelves.get(top.category_id, ()), *labels.get(top.id, ())),
            (top.sku, *skus.get(top.id, ())),
        )
    ]
    if rows:
        connection.execute(sa.insert(TERMS), rows)


def _shelves(connection: sa.Connection) -> dict[int, list[str]]:
    """The names of each category and of those above it."""
    known = {row.id: row for row in connection.execute(sa.select(CATEGORIES))}
    found: dict[int, list[str]] = {}
    for number in known:
        at: int | None = number
        names: list[str] = []
        while at in known and len(names) < DEEPEST:
            names.append(known[at].name)
            at = known[at].parent_id
        found[number] = names
    return found


def downgrade() -> None:
    terms = sa.table("product_terms", sa.column("term", sa.String()), sa.column("product_id", sa.BigInteger()))
    op.rename_table("product_terms", "product_terms_placed")
    op.create_table(
        "product_terms",
        sa.Column("term", key(16), nullable=False),
        sa.Column("product_id", Id, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("term", "product_id"),
        sqlite_with_rowid=False,
        **IN_MYSQL,
    )
    placed = sa.table("product_terms_placed", sa.column("term", sa.String()), sa.column("product_id", sa.BigInteger()))
    kept = sa.select(placed.c.term, placed.c.product_id).where(~placed.c.term.startswith("~"))
    op.execute(sa.insert(terms).from_select(["term", "product_id"], kept))
    op.drop_table("product_terms_placed")
    op.create_index("ix_product_terms_product_id", "product_terms", ["product_id"])
