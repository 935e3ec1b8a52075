"""What a product is called in other languages, in its seller's words."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Product
from db.texts import LANGUAGES, Said, texts_of, with_text
from shop.people import events
from shop.people.permissions import By, Permission, ask
from shop.products.editing import note_change
from shop.products.owned import get_owned
from shop.refusals import NotFound


async def translate(
    session: AsyncSession, by: By, product_id: int, language: str, said: Said, *, now: datetime
) -> Product:
    """Give a product its name and description in one of LANGUAGES; an empty text takes the one there was away.

    A variant has those of its product. Raises NotFound, NotPermitted.
    """
    acting = ask(by, Permission.CATALOGUE)
    product = (await get_owned(session, acting, product_id)).product
    if product.parent_id is not None or language not in LANGUAGES:
        raise NotFound(product_id=product_id)
    before = texts_of(product.texts).get(language, Said())
    if said != before:
        product.texts = with_text(product.texts, language, said)
        product.updated_at = now
        told = {f"translated_{language}": events.pair(before.name or None, said.name or None)}
        note_change(session, product, actor=acting.actor, action="product.edited", data=told, now=now)
        await session.flush()
    return product
