"""Lists of products at the desk: what one would change, taking it in, and undoing it."""
