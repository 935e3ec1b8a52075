"""Lists beside the shelves: new arrivals, what was looked at, what is bought together."""
