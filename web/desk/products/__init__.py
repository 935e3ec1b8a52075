"""Products at the desk: found, read and changed by the same use cases as in the chat."""
