"""Privacy: what is kept about a person, taking it along, leaving the shop, and how long anything is kept at all."""

__all__ = ["departing", "holdings", "retention", "scrubbing", "taking_along"]
