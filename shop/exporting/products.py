"""The table of products: the columns that an import reads, so that importing it again changes nothing."""

from collections.abc import AsyncIterator

from sqlalchemy.ext.asyncio import AsyncSession

from shop.exporting.scope import Page, Scope
from shop.importing import sellers
from shop.importing.exporting import MINE, OWNERS, owner_cells, pages


async def products(session: AsyncSession, scope: Scope) -> AsyncIterator[Page]:
    """Everything that is, archived ones too, whatever the stretch of time; variants below their product."""
    owners = [each.id for each in await sellers(session)] if scope.owner_id is None else [scope.owner_id]
    for owner_id in owners:
        cells = await owner_cells(session, owner_id) if scope.owner_id is None else ()
        async for page in pages(session, owner_id=owner_id):
            yield [dict(zip((*MINE, *OWNERS), (*row, *cells), strict=False)) for row in page]
