"""What products are found by; written in the flush that writes the product, whoever does it."""

from typing import Any

from sqlalchemy import ForeignKey, delete, event, insert
from sqlalchemy import inspect as state_of
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.base import Base
from db.models.product import Product
from db.terms import LONGEST, terms_of
from db.types import key


class ProductTerm(Base):
    """A product answers to this term (see db/terms.py); the key is what a search reads, in the order of its result.

    Variants have none: their parent is what is found.
    """

    __tablename__ = "product_terms"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  SQLAlchemy's form; the key is all there is

    term: Mapped[str] = mapped_column(key(LONGEST), primary_key=True)
    product_id: Mapped[int] = mapped_column(
        ForeignKey("products.id"), primary_key=True, autoincrement=False, index=True
    )


def rows_for(product_id: int, name: str, description: str) -> list[dict[str, Any]]:
    """The rows of a product, for those who insert it without the ORM."""
    return [{"term": term, "product_id": product_id} for term in sorted(terms_of(name, description))]


@event.listens_for(Session, "after_flush")
def _write_terms(session: Session, _context: object) -> None:
    """Write the terms of products that are new, or whose words changed."""
    new = [row for row in session.new if isinstance(row, Product)]
    reworded = [row for row in session.dirty if isinstance(row, Product) and _is_reworded(row)]
    tops = [product for product in (*new, *reworded) if product.parent_id is None]
    if not tops:
        return
    connection = session.connection()
    if reworded:
        old = ProductTerm.product_id.in_([product.id for product in reworded])
        connection.execute(delete(ProductTerm).where(old))
    rows = [row for product in tops for row in rows_for(product.id, product.name, product.description or "")]
    if rows:
        connection.execute(insert(ProductTerm), rows)


def _is_reworded(product: Product) -> bool:
    attributes = state_of(product).attrs
    return attributes.name.history.has_changes() or attributes.description.history.has_changes()
