"""The first page of the desk: how the day stands."""
