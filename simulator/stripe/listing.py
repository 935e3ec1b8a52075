"""Lists as Stripe pages them: newest first, filtered, with cursors."""

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from simulator.stripe.errors import invalid
from simulator.stripe.forms import Params
from simulator.stripe.shapes import Json
from simulator.stripe.shapes.listing import page_of

_COMPARE: dict[str, Callable[[int, int], bool]] = {
    "gt": lambda one, other: one > other,
    "gte": lambda one, other: one >= other,
    "lt": lambda one, other: one < other,
    "lte": lambda one, other: one <= other,
}


class Dated(Protocol):
    """Anything that a list can hold."""

    id: str
    created: int


Item = TypeVar("Item", bound=Dated)


def page(
    items: Iterable[Item], params: Params, url: str, shape: Callable[[Item], Json], matches: Callable[[Item], bool]
) -> Json:
    """Return one page of what matches; raises StripeError for a limit outside 1 to 100 or an unknown cursor."""
    limit = params.integer("limit")
    if limit is not None and not 1 <= limit <= 100:
        raise invalid("This value must be between 1 and 100.", "limit", "parameter_invalid_integer")
    size = 10 if limit is None else limit
    newest_first = [item for item in reversed(list(items)) if matches(item) and _in_span(item, params)]
    after, before = params.text("starting_after"), params.text("ending_before")
    if after is not None:
        newest_first = newest_first[_place(newest_first, after, "starting_after") + 1 :]
    if before is not None:
        newest_first = newest_first[: _place(newest_first, before, "ending_before")]
        return page_of([shape(item) for item in newest_first[-size:]], url, more=len(newest_first) > size)
    return page_of([shape(item) for item in newest_first[:size]], url, more=len(newest_first) > size)


def same(params: Params, **values: str | None) -> bool:
    """Tell whether each filter that was sent equals the object's value."""
    return all(params.text(key) in (None, value) for key, value in values.items())


def _in_span(item: Dated, params: Params) -> bool:
    span = params.tree.get("created", "")
    if span == "":
        return True
    if isinstance(span, str):
        return item.created == params.integer("created")
    bounds = Params(span, "created")
    return all(_COMPARE[name](item.created, bounds.integer(name) or 0) for name in span)


def _place(items: list[Item], identifier: str, param: str) -> int:
    for place, item in enumerate(items):
        if item.id == identifier:
            return place
    raise invalid(f"No such object: '{identifier}'", param, "resource_missing")
