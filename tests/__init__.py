"""What proves the shop; a package of its own, since a library that is installed beside it may bring a `tests`, too."""
