"""A person's addresses: looking through them, choosing the usual one, correcting, forgetting."""
