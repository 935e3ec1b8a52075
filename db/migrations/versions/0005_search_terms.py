"""Products answer to pieces of words, to words written as one, and to the words of their variants.

They are written anew by the revision that gives each answer its place (search places).
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TERMS = sa.table("product_terms", sa.column("term", sa.String()))


def upgrade() -> None:
    """Nothing: a later revision writes all of them."""


def downgrade() -> None:
    op.execute(sa.delete(TERMS).where(TERMS.c.term.startswith("*")))
