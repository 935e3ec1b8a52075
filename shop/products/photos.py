"""A product's photos in their order: the first is the product's own, the further ones are rows of their own.

Keys name a photo by its mark, never by its place: a tap that comes twice, or late, means the same photo.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Product, ProductPhoto
from db.writes import changed
from shop.catalog.cards import Picture
from shop.catalog.shots import picture_of
from shop.people.permissions import By, Permission, ask
from shop.products.draft import MOST_PHOTOS
from shop.products.editing import note_change
from shop.products.owned import get_owned
from shop.refusals import CannotRead

Pictures = tuple[Picture, ...]


def together(pictures: Iterable[Picture]) -> Pictures:
    """Those that exist, each once, in their order."""
    found: dict[str, Picture] = {}
    for picture in pictures:
        if picture.exists:
            found.setdefault(picture.mark, picture)
    return tuple(found.values())


async def photos_of(session: AsyncSession, product: Product) -> Pictures:
    """All photos of a product, the first one first; one query."""
    query = select(ProductPhoto).where(ProductPhoto.product_id == product.id).order_by(ProductPhoto.position)
    further = await session.scalars(query.execution_options(populate_existing=True))
    return together([picture_of(product), *map(picture_of, further)])


async def write_photos(session: AsyncSession, product: Product, pictures: Sequence[Picture]) -> None:
    """Make these the photos of a product; asks nobody."""
    pictures = together(pictures)[:MOST_PHOTOS]
    first = pictures[0] if pictures else Picture(None, None, None)
    product.image_url, product.photo_file_id, product.photo_bot_id = first.source, first.file_id, first.bot_id
    await session.flush()
    await session.execute(delete(ProductPhoto).where(ProductPhoto.product_id == product.id))
    rows = [
        {
            "product_id": product.id,
            "position": place,
            "image_url": picture.source,
            "photo_file_id": picture.file_id,
            "photo_bot_id": picture.bot_id,
        }
        for place, picture in enumerate(pictures[1:], 1)
    ]
    if rows:
        await session.execute(insert(ProductPhoto), rows)


async def add_photo(session: AsyncSession, by: By, product_id: int, picture: Picture, *, now: datetime) -> Pictures:
    """Put a photo behind the others; one that is there already stays where it is.

    Raises NotFound; CannotRead for one too many.
    """

    def added(pictures: Pictures) -> Pictures:
        if any(one.mark == picture.mark for one in pictures):
            return pictures
        if len(pictures) >= MOST_PHOTOS:
            raise CannotRead(field="photo", given="", hint="photos_full", limit=MOST_PHOTOS)
        return (*pictures, picture)

    return await _change(session, by, product_id, added, now=now)


async def place_photo(
    session: AsyncSession, by: By, product_id: int, mark: str, place: int, *, now: datetime
) -> Pictures:
    """The photo shall stand at this place, 0 being the first; one that is gone moves nothing. Raises NotFound."""

    def placed(pictures: Pictures) -> Pictures:
        others = [one for one in pictures if one.mark != mark]
        at = min(max(place, 0), len(others))
        return (*others[:at], *(one for one in pictures if one.mark == mark), *others[at:])

    return await _change(session, by, product_id, placed, now=now)


async def remove_photo(session: AsyncSession, by: By, product_id: int, mark: str, *, now: datetime) -> Pictures:
    """The photo shall not be there. Raises NotFound when the product is not theirs."""
    return await _change(
        session, by, product_id, lambda pictures: tuple(one for one in pictures if one.mark != mark), now=now
    )


async def remember_file_id(session: AsyncSession, product_id: int, source: str, bot_id: int, file_id: str) -> None:
    """Keep the file_id that Telegram gave a picture for this bot, so that it is uploaded once.

    Where the product shows another picture by now, it stays as it is.
    """
    values = {"photo_bot_id": bot_id, "photo_file_id": file_id}
    first = update(Product).where(Product.id == product_id, Product.image_url == source)
    if await changed(session, first.values(values)):
        return
    further = update(ProductPhoto).where(ProductPhoto.product_id == product_id, ProductPhoto.image_url == source)
    await session.execute(further.values(values))


async def _change(
    session: AsyncSession, by: By, product_id: int, change: Callable[[Pictures], Pictures], *, now: datetime
) -> Pictures:
    """Change the photos while nobody else does: whoever comes at the same moment finds them changed."""
    acting = ask(by, Permission.CATALOGUE)
    product = (await get_owned(session, acting, product_id)).product
    await session.refresh(product, with_for_update=True)
    before = await photos_of(session, product)
    after = change(before)
    if after != before:
        await write_photos(session, product, after)
        product.updated_at = now
        data = {"photos": [[one.mark for one in before], [one.mark for one in after]]}
        note_change(session, product, actor=acting.actor, action="product.photos_changed", data=data, now=now)
        await session.flush()
    return after
