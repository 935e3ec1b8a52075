"""Messages between a customer and a seller, and the threads they make."""

from shop.messages.writing import Note, Told, get, may_write, page, write

__all__ = ["Note", "Told", "answers", "get", "may_write", "page", "threads", "write"]
