"""Passwords: which are taken, and how they are hashed and compared: argon2id, in a thread, two at a time."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import TYPE_CHECKING

from shop.desk.well_known import WELL_KNOWN
from shop.refusals import CannotRead

if TYPE_CHECKING:
    from pwdlib import PasswordHash

SHORTEST, LONGEST = 12, 200  # characters; a longer one would make us work for whoever sends it
VARIETY = 5  # different characters
AT_ONCE = 2  # hashes at the same time: each takes 64 MB and a core

_threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="passwords")  # begins one only when it is needed


def check(text: str, *, about: tuple[str | None, ...] = ()) -> None:
    """Refuse what others would guess; `about`: what people know of its owner. Raises CannotRead (hint says why)."""
    if len(text) < SHORTEST:
        raise CannotRead(field="password", hint="short", least=SHORTEST)
    if len(text) > LONGEST:
        raise CannotRead(field="password", hint="long", most=LONGEST)
    folded = text.casefold().strip()
    letters = folded.strip("0123456789!?.*_-+#@$%& ")
    if folded in WELL_KNOWN or letters in WELL_KNOWN or len(set(folded)) < VARIETY or _runs(folded):
        raise CannotRead(field="password", hint="known")
    own = {part.casefold() for one in about if one for part in (one, one.partition("@")[0])}
    if folded in own or letters in own or folded in {one * 2 for one in own}:
        raise CannotRead(field="password", hint="known")


def _runs(folded: str) -> bool:
    """One piece over and over: abcabcabcabc."""
    return any(len(folded) % size == 0 and folded == folded[:size] * (len(folded) // size) for size in range(1, 7))


async def hashed(text: str) -> str:
    """What is kept of a password."""
    return await asyncio.get_running_loop().run_in_executor(_threads, lambda: _hasher().hash(text))


async def is_right(text: str, kept: str | None) -> bool:
    """Whether this is the password that was hashed; without one it takes as long, and is wrong."""
    compare = partial(_compare, text[: LONGEST + 1], kept)
    return await asyncio.get_running_loop().run_in_executor(_threads, compare)


def _compare(text: str, kept: str | None) -> bool:
    from pwdlib.exceptions import UnknownHashError  # noqa: PLC0415  as below

    try:
        right = _hasher().verify(text, kept or _nobodys())
    except UnknownHashError:  # of another program, perhaps from before this shop
        right = False
        _hasher().verify(text, _nobodys())
    return right and kept is not None


@cache
def _hasher() -> "PasswordHash":
    from pwdlib import PasswordHash  # noqa: PLC0415  a shop without a desk hashes nothing
    from pwdlib.hashers.argon2 import Argon2Hasher  # noqa: PLC0415  the same

    return PasswordHash((Argon2Hasher(),))


@cache
def _nobodys() -> str:
    """A hash to compare with where there is none: who is not here is not told by the time that it takes."""
    return _hasher().hash("nobody has this one")
