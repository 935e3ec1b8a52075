"""Which carrier a seller means: by the name before the number, or by a form that is of one carrier alone."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import cycle

from msgspec import Struct

from shop.carriers.known import KNOWN, offered
from shop.carriers.templates import address_of, compact
from shop.policy import Carrier

MOST_WORDS = 3  # of a carrier's name


class Tracked(Struct, frozen=True):
    """A tracking number as an order keeps it: the carrier's name and the page of the parcel, where they are known."""

    number: str
    carrier: str | None = None
    url: str | None = None

    @classmethod
    def by(cls, carrier: Carrier, number: str) -> "Tracked":
        """A number and the carrier that takes it."""
        return cls(number, carrier.name, address_of(carrier.url, number))


def read(written: str, own: Sequence[Carrier] = ()) -> Tracked:
    """What a seller wrote, such as "DHL 0034 0434 …" or the number alone; no carrier where nothing is certain."""
    name, number = _named(written, own)
    if name is not None and number:
        return Tracked.by(name, number)
    found = _certain(compact(written).upper(), own)
    return Tracked.by(found, written) if found is not None else Tracked(written)


def _named(written: str, own: Sequence[Carrier]) -> tuple[Carrier | None, str]:
    """The carrier whose name comes first, the longest of those that fit, and what follows it."""
    called = {one.name.casefold(): one for one in offered(own)}
    by_id = {one.id: one for one in offered(own)}
    for known in KNOWN:
        for name in known.names:
            called.setdefault(name.casefold(), by_id[known.id])
    words = written.split()
    for many in range(min(MOST_WORDS, len(words) - 1), 0, -1):
        name = " ".join(words[:many]).rstrip(":,").casefold()
        if name in called:
            return called[name], " ".join(words[many:])
    return None, written


def _certain(number: str, own: Sequence[Carrier]) -> Carrier | None:
    by_id = {one.id: one for one in offered(own)}
    for known in KNOWN:
        for one in known.forms:
            if re.fullmatch(one.form, number) and (one.check is None or CHECKS[one.check](number)):
                return by_id[known.id]
    return None


def _s10(number: str) -> bool:
    """UPU S10: the ninth digit follows from the eight before it."""
    total = sum(int(digit) * weight for digit, weight in zip(number[2:10], (8, 6, 4, 2, 3, 5, 9, 7), strict=True))
    return {10: 0, 11: 5}.get(11 - total % 11, 11 - total % 11) == int(number[10])


def _ups(number: str) -> bool:
    """Letters count as their place in the alphabet and two more, modulo 10; each second character counts twice."""
    values = [int(one) if one.isdigit() else (ord(one) - 63) % 10 for one in number[2:-1]]
    total = sum(value * weight for value, weight in zip(values, cycle((1, 2)), strict=False))
    return number[-1].isdigit() and -total % 10 == int(number[-1])


def _gs1(number: str) -> bool:
    """GS1: from the right, digits weigh 3 and 1 in turn."""
    total = sum(int(digit) * weight for digit, weight in zip(reversed(number[:-1]), cycle((3, 1)), strict=False))
    return -total % 10 == int(number[-1])


CHECKS: Mapping[str, Callable[[str], bool]] = {"s10": _s10, "ups": _ups, "gs1": _gs1}
