"""All pictures of a product in a file: the first is its `image_url` (or `photo`), the others are a list in one cell.

An item of the list is an address, a path in the media folder, or a photo taken in the chat as our export writes it.
"""

import re
from collections.abc import Iterable, Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import ProductPhoto
from shop.importing.cells import URL_LIMIT, Cells
from shop.importing.reading import Row
from shop.importing.saying import said
from shop.products.draft import MOST_PHOTOS

FIELD = "more_images"
IN_CHAT = re.compile(r"(\d{1,19}):([\w-]{1,255})", re.ASCII)
BETWEEN = re.compile(r"\n|\s\|\s|[,;\s]+(?=https?://)")


def split(text: str) -> list[str]:
    """The items of a cell: one a line, or with a bar between them; addresses also by commas and blanks."""
    return [item.strip() for item in BETWEEN.split(text) if item.strip()]


def gathered(row: Row, cells: Cells, found: Iterable[str]) -> tuple[str | None, str]:
    """The first picture and the list of the others, each once; what is no picture is left out, and said."""
    checked = dict.fromkeys(item for item in found if IN_CHAT.fullmatch(item) or _is_usable(row, cells, item))
    if len(checked) > MOST_PHOTOS:
        cells.note(
            row,
            said("a product has at most {most_photos} pictures: further ones are left out", most_photos=MOST_PHOTOS),
        )
    kept = [*checked][:MOST_PHOTOS]
    return (kept[0] if kept else None) or None, "\n".join(kept[1:])


def listed(photos: Iterable[ProductPhoto]) -> str:
    """Stored pictures as a file has them."""
    return "\n".join(photo.image_url or f"{photo.photo_bot_id}:{photo.photo_file_id}" for photo in photos)


def taken_in_chat(text: str) -> str:
    """Of a list of pictures those that were taken in the chat."""
    return "\n".join(item for item in text.split("\n") if IN_CHAT.fullmatch(item))


async def load_listed(session: AsyncSession, product_ids: Sequence[int]) -> dict[int, str]:
    """The further pictures of these products as a file has them; one query."""
    query = select(ProductPhoto).where(ProductPhoto.product_id.in_(product_ids))
    found: dict[int, list[ProductPhoto]] = {}
    for photo in await session.scalars(query.order_by(ProductPhoto.product_id, ProductPhoto.position)):
        found.setdefault(photo.product_id, []).append(photo)
    return {product_id: listed(photos) for product_id, photos in found.items()}


async def write_listed(session: AsyncSession, wanted: dict[int, str]) -> None:
    """Make these lists the further pictures of the products with these ids; two statements."""
    rows = [
        {"product_id": product_id, "position": place, **_stored(item)}
        for product_id, text in wanted.items()
        for place, item in enumerate(filter(None, text.split("\n")), 1)
    ]
    await session.execute(delete(ProductPhoto).where(ProductPhoto.product_id.in_(wanted)))
    if rows:
        await session.execute(insert(ProductPhoto), rows)


def _stored(item: str) -> dict[str, str | int | None]:
    in_chat = IN_CHAT.fullmatch(item)
    if in_chat is None:
        return {"image_url": item, "photo_file_id": None, "photo_bot_id": None}
    return {"image_url": None, "photo_file_id": in_chat[2], "photo_bot_id": int(in_chat[1])}


def _is_usable(row: Row, cells: Cells, item: str) -> bool:
    """Whether it is an address, or a path inside the media folder."""
    return cells.url(row, item) is not None if ":" in item else len(item) <= URL_LIMIT
