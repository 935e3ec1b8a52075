"""Categories: what is below a hidden one is not shown."""

from datetime import datetime

from sqlalchemy import case, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db.models import Category
from shop.doctor.finding import Finding, some


async def hidden_ones_are_off(session: AsyncSession, _now: datetime) -> list[Finding]:
    """A category is off when it is hidden, or when the one above is off; and only then."""
    above = aliased(Category)
    should = case((or_(Category.hidden, above.off), 1), else_=0)
    query = (
        select(Category.id, Category.name, Category.off)
        .outerjoin(above, above.id == Category.parent_id)
        .where(case((Category.off, 1), else_=0) != should)
        .order_by(Category.id)
    )
    return [
        Finding(
            "hidden_ones_are_off",
            f"category {number} ({name})",
            "it is kept from the shelves, and nothing hides it" if off else "it is shown below what is hidden",
            "Hide its top category with /categories and show it again",
        )
        for number, name, off in await some(session, query)
    ]
