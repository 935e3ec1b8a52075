"""How a list is looked at: in which order, and which of its products; a rule without rows."""

from enum import StrEnum

from msgspec import Struct


class Sort(StrEnum):
    """In which order."""

    USUAL = "d"  # a category: the oldest first; a search: the best answers first
    NEWEST = "n"
    CHEAPEST = "u"
    DEAREST = "w"
    RATED = "r"
    SOLD = "p"


class View(Struct, frozen=True):
    """An order, and what is left out."""

    sort: Sort = Sort.USUAL
    in_stock: bool = False
    on_sale: bool = False

    @property
    def is_usual(self) -> bool:
        """Whether nobody chose anything."""
        return self == USUAL

    @property
    def filters(self) -> bool:
        """Whether something is left out."""
        return self.in_stock or self.on_sale

    def pack(self) -> str:
        """Two letters for a key."""
        return f"{self.sort.value}{self.in_stock + 2 * self.on_sale}"


USUAL = View()


def read_view(text: str | None) -> View:
    """What two letters of a key mean; the usual view where they mean nothing."""
    if text is None or len(text) != 2 or text[1] not in "0123":  # noqa: PLR2004
        return USUAL
    try:
        return View(Sort(text[0]), in_stock=text[1] in "13", on_sale=text[1] in "23")
    except ValueError:
        return USUAL
