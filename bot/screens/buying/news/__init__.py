"""News from the shop, as people get and refuse them."""
