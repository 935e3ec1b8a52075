"""Returns: what customers send back, as its seller sees it."""
