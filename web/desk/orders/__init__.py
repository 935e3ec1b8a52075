"""Orders at the desk: found, read, and moved on by the same use cases as in the chat."""
