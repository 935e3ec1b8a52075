"""SKUs: made from a name when the seller gives none."""

import re
import unicodedata

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.folding import fold
from db.models import Product

FEW = 10  # numbers that are tried in one statement
LONGEST = 24  # characters of the part that comes from the name
LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ"
SPELLINGS = "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya e i yi ye g"
CYRILLIC = {ord(letter): spelling.strip("-") for letter, spelling in zip(LETTERS, SPELLINGS.split(), strict=True)}


def sku_from(name: str) -> str:
    """A SKU that can be typed: "Зелёный чай, 100 g" is "ZELENYY-CHAY-100-G"; "ITEM" when no letter is left."""
    latin = name.lower().translate(CYRILLIC).replace("ß", "ss")
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    sku = ""
    for word in words:
        longer = f"{sku}-{word}" if sku else word[:LONGEST]
        if len(longer) > LONGEST:
            break
        sku = longer
    return sku.upper() or "ITEM"


async def free_sku(session: AsyncSession, owner_id: int, wanted: str) -> str:
    """`wanted`, or wanted-2, wanted-3, …: one that this owner has not used, in any case.

    The first of them, while there are few; among many the first after a run that is taken.
    """
    first = [wanted, *(f"{wanted}-{number}" for number in range(2, FEW))]
    taken = await taken_skus(session, owner_id, first)
    for sku in first:
        if fold(sku) not in taken:
            return sku
    low, high = FEW - 1, FEW  # the greatest number known to be taken, and the one to try
    while await taken_skus(session, owner_id, [f"{wanted}-{high}"]):
        low, high = high, high + high
    while high - low > 1:
        middle = (low + high) // 2
        if await taken_skus(session, owner_id, [f"{wanted}-{middle}"]):
            low = middle
        else:
            high = middle
    return f"{wanted}-{high}"


async def taken_skus(session: AsyncSession, owner_id: int, skus: list[str]) -> set[str]:
    """Those of these that the owner uses, folded. One statement."""
    folded = [fold(sku) for sku in skus]
    query = select(Product.sku_folded).where(Product.owner_id == owner_id, Product.sku_folded.in_(folded))
    return set(await session.scalars(query))
