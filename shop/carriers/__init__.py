"""Carriers: which one takes a parcel, as far as its number says, and where each shows what it takes."""

from shop.carriers.known import KNOWN, offered, one_of
from shop.carriers.recognising import Tracked, read
from shop.carriers.templates import address_of, compact, template_of

__all__ = ["KNOWN", "Tracked", "address_of", "compact", "offered", "one_of", "read", "template_of"]
