"""Where a carrier shows a parcel: an address with a place for the number, and the number in it."""

import re
from urllib.parse import quote

PLACE = "{number}"
LONGEST = 256  # characters of a template
_TEMPLATE = re.compile(r"https://[A-Za-z0-9.-]+\.[A-Za-z]{2,}(:\d+)?[/?#]\S*")


def template_of(written: str) -> str:
    """An address as a shop may set it: https alone, one {number} behind the host. Raises ValueError with what is wrong.

    A number in the name of the host would let whoever writes numbers choose the site.
    """
    if len(written) > LONGEST:
        raise ValueError(f"is longer than {LONGEST} characters")
    if not written.startswith("https://"):
        raise ValueError("does not start with https://")
    if written.count(PLACE) != 1 or re.search(r"[{}]", written.replace(PLACE, "")):
        raise ValueError("does not have one {number}, and no other braces")
    if _TEMPLATE.fullmatch(written.replace(PLACE, "0")) is None or not _behind_the_host(written):
        raise ValueError("does not have {number} behind the name of the site")
    return written


def address_of(template: str, number: str) -> str:
    """Where this parcel is shown."""
    return template.replace(PLACE, quote(compact(number), safe=""))


def compact(number: str) -> str:
    """A tracking number as the carriers' own pages take it: without the spaces between its groups."""
    return "".join(number.split())


def _behind_the_host(written: str) -> bool:
    host = re.split(r"[/?#]", written.removeprefix("https://"), maxsplit=1)[0]
    return PLACE not in host and "@" not in host
