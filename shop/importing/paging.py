"""Cutting a list into pages that are written each in its own short transaction."""

from collections.abc import Callable, Iterator

from shop.importing.compare import Plan
from shop.importing.wanted import Wanted

TOPS, ITEMS = 50, 200  # products of a page, and variants with them: SQLite writes so many in a tenth of a second


def pages(wanted: list[Wanted], position: int = 0) -> Iterator[tuple[int, int]]:
    """From which product to before which, beginning at `position`; a product stays together with its variants."""
    while position < len(wanted):
        end, items = position, 0
        while end < len(wanted) and end - position < TOPS:
            items += 1 + len(wanted[end].variants)
            if items > ITEMS and end > position:
                break
            end += 1
        yield position, end
        position = end


def claims(wanted: list[Wanted], plans: list[Plan]) -> Callable[[int, int], Callable[[str], bool]]:
    """Which stored SKUs belong to which page, once all of the file was held against the shop."""
    places = {id(one): place for place, top in enumerate(wanted) for one in (top, *top.variants)}
    owners = {
        one.stored.product.sku: places[id(one.wanted)]
        for top in plans
        for one in (top, *top.variants)
        if one.stored is not None
    }

    def of_page(start: int, end: int) -> Callable[[str], bool]:
        def elsewhere(sku: str) -> bool:
            place = owners.get(sku)
            return place is not None and not start <= place < end

        return elsewhere

    return of_page
