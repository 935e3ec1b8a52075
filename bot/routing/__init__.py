"""Who serves an update, and for whom."""
