"""Stripe's list object: a page of results, and whether there are more."""

from collections.abc import Sequence

from simulator.stripe.shapes import Json


def page_of(items: Sequence[Json], url: str, *, more: bool = False) -> Json:
    """Wrap one page of objects as Stripe does."""
    return {"object": "list", "data": list(items), "has_more": more, "url": url}
