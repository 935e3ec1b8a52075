"""How often a password may be tried: for an account, and from an address; counted in a fixed number of buckets.

A stranger who tries names and addresses without end makes no table grow; that two share a bucket is rare, and costs
the other one a quarter of an hour at most: the link out of the chat signs in at any time.
"""

import hashlib
import ipaddress
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import DeskTry
from db.writes import changed, insert_once

WINDOW = timedelta(minutes=15)
OF_AN_ACCOUNT, FROM_AN_ADDRESS = 10, 40  # tries in a window
BUCKETS = 65_536  # of accounts, and as many of addresses
NETWORK = 64  # bits of an IPv6 address that one customer of a provider has


async def take(session: AsyncSession, name: str, address: str, *, now: datetime) -> datetime | None:
    """Count one try; None when it may be made, else when the next one may."""
    later: list[datetime] = []
    for bucket, most in sorted(_buckets(name, address).items()):
        if not await _count(session, bucket, most, now):
            since = await session.scalar(select(DeskTry.since).where(DeskTry.bucket == bucket))
            later.append((since or now) + WINDOW)
    return max(later, default=None)


async def forgive(session: AsyncSession, name: str) -> None:
    """It was the right password: the account's wrong ones are forgotten, the address's are not."""
    bucket = _bucket("account", name)
    await changed(session, update(DeskTry).where(DeskTry.bucket == bucket).values(tries=0))


async def _count(session: AsyncSession, bucket: int, most: int, now: datetime) -> bool:
    if await insert_once(session, DeskTry, bucket=bucket, tries=1, since=now):
        return True
    this = DeskTry.bucket == bucket
    if await changed(session, update(DeskTry).where(this, DeskTry.since <= now - WINDOW).values(tries=1, since=now)):
        return True
    counted = update(DeskTry).where(this, DeskTry.tries < most).values(tries=DeskTry.tries + 1)
    return bool(await changed(session, counted))


def _buckets(name: str, address: str) -> Mapping[int, int]:
    return {
        _bucket("account", name): OF_AN_ACCOUNT,
        BUCKETS + _bucket("address", _network(address)): FROM_AN_ADDRESS,
    }


def _bucket(kind: str, of: str) -> int:
    digest = hashlib.blake2b(f"{kind} {of}".encode(errors="replace"), digest_size=4).digest()
    return int.from_bytes(digest) % BUCKETS


def _network(address: str) -> str:
    """The network that one person has: all of an IPv4 address, the first half of an IPv6 one."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "nowhere"
    if parsed.version == 4:  # noqa: PLR2004  a kind of address
        return str(parsed)
    return str(ipaddress.ip_network((parsed, NETWORK), strict=False))
