"""What of the configuration operators may set in the chat, and the rows that say so."""

__all__ = ["changing", "known", "opening", "rows", "spoken", "states"]
