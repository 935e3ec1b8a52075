"""What several screens show: an order's text, the ways onward, hints, and the registry of buttons."""
