"""Which stored product a product of the file is: by its SKU, else by one under which it may have come before."""

from collections.abc import Callable

from shop.importing.skus import with_checksum
from shop.importing.stored import Stored
from shop.importing.wanted import Wanted, everything

Elsewhere = Callable[[str], bool]


def nowhere(_sku: str) -> bool:
    """Nothing else is in the file."""
    return False


def matched(wanted: list[Wanted], stored: dict[str, Stored], elsewhere: Elsewhere = nowhere) -> dict[int, Stored]:
    """The stored products by the identity of what is wanted; no stored product is found twice.

    Where a SKU says too little, the product of the same name keeps its own, and another one's is avoided.
    `elsewhere` says which SKUs another page of the file means.
    """
    found: dict[int, Stored] = {}
    claimed: set[int] = set()
    every = everything(wanted)
    for one in every:
        mine = stored.get(one.sku)
        if mine is not None and (not one.guessed or _same(one, mine)):
            found[id(one)] = mine
            claimed.add(mine.product.id)
    for one in every:
        if id(one) in found:
            continue
        for sku in one.known_as:
            mine = None if elsewhere(sku) else stored.get(sku)
            if mine is not None and mine.product.id not in claimed and (not one.guessed or _same(one, mine)):
                found[id(one)] = mine
                claimed.add(mine.product.id)
                break
        if not one.guessed:
            continue
        if id(one) in found:
            one.sku = found[id(one)].product.sku
        elif one.sku in stored:
            one.sku = with_checksum(one.sku, f"{one.name} {one.values.get('option_label', '')}".strip().casefold())
    return found


def _same(one: Wanted, mine: Stored) -> bool:
    """Whether the name and the option are those of the stored product."""
    label = str(one.values.get("option_label") or "")
    return (
        one.name.casefold() == mine.product.name.casefold()
        and label.casefold() == (mine.product.option_label or "").casefold()
    )
