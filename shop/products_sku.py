"""SKUs: made from a name when the seller gives none."""

import re
import unicodedata

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Product

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
    """`wanted`, or the first of wanted-2, wanted-3, … that this owner has not used."""
    query = select(Product.sku).where(Product.owner_id == owner_id, Product.sku.startswith(wanted, autoescape=True))
    taken = {sku.upper() for sku in await session.scalars(query)}
    if wanted.upper() not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}".upper() in taken:
        number += 1
    return f"{wanted}-{number}"
