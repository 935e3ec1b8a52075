"""A person's addresses: where their orders went, and what they wrote down; a few, one of them the usual one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, delete, null, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Address
from db.writes import changed
from shop.refusals import NotFound

MOST = 10  # of one person; the one that was used longest ago makes room
PARTS = ("name", "country_code", "state", "city", "street_line1", "street_line2", "post_code", "phone_number")


async def list_addresses(session: AsyncSession, user_id: int) -> list[Address]:
    """All of them, the usual one first, then those used last. One statement."""
    mine = select(Address).where(Address.user_id == user_id)
    ordered = mine.order_by(Address.is_default.desc(), Address.used_at.desc(), Address.id.desc())
    return list(await session.scalars(ordered.limit(MOST)))


async def get_address(session: AsyncSession, user_id: int, address_id: int) -> Address:
    """One of theirs. Raises NotFound."""
    found = await session.scalar(select(Address).where(Address.id == address_id, Address.user_id == user_id))
    if found is None:
        raise NotFound(address_id=address_id)
    return found


async def remember(
    session: AsyncSession,
    user_id: int,
    place: Mapping[str, Any],
    *,
    option_id: str | None = None,
    instead_of: int | None = None,
    label: str | None = None,
    now: datetime,
) -> Address:
    """Note that something is sent there: a known address is used again, another is written down.

    `instead_of`: the address (id) that this one corrects, which goes; its label stays. The first one of their own is
    the usual one. `label`: what they call the person whose address it is; such a one is suggested for presents alone.
    """
    known = await list_addresses(session, user_id)
    kept = [one for one in known if one.id != instead_of]
    same = next((one for one in kept if _parts(one.place) == _parts(place)), None)
    corrected = next((one for one in known if one.id == instead_of), None)
    was_default = corrected is not None and corrected.is_default
    label = label or (corrected.label if corrected is not None else None)
    if instead_of is not None:
        await changed(session, delete(Address).where(Address.id == instead_of, Address.user_id == user_id))
    if same is not None:
        same.used_at, same.shipping_option = now, option_id or same.shipping_option
        same.is_default = same.is_default or was_default
        same.label = None if same.is_default else label or same.label
        return same
    if len(kept) >= MOST:
        oldest = [one.id for one in sorted(kept, key=_used) if not one.is_default][: len(kept) - MOST + 1]
        await changed(session, delete(Address).where(Address.id.in_(oldest)))
    address = Address(
        user_id=user_id,
        place=dict(place),
        shipping_option=option_id,
        label=label,
        is_default=was_default or (label is None and all(one.label is not None for one in kept)),
        used_at=now,
        created_at=now,
    )
    session.add(address)
    await session.flush()
    return address


async def use_again(
    session: AsyncSession, user_id: int, place: Mapping[str, Any], *, option_id: str | None = None, now: datetime
) -> None:
    """Note that something is sent to an address that they kept; another one is not written down."""
    known = await list_addresses(session, user_id)
    for one in known:
        if _parts(one.place) == _parts(place):
            one.used_at, one.shipping_option = now, option_id or one.shipping_option


def own(known: Sequence[Address]) -> list[Address]:
    """Those of them that are their own, not somebody else's to whom they sent a present."""
    return [one for one in known if one.label is None]


async def make_default(session: AsyncSession, user_id: int, address_id: int) -> None:
    """Let this be the usual one: it is theirs from then on. Raises NotFound."""
    await get_address(session, user_id, address_id)
    chosen = case((Address.id == address_id, True), else_=False)
    label = case((Address.id == address_id, null()), else_=Address.label)
    await changed(session, update(Address).where(Address.user_id == user_id).values(is_default=chosen, label=label))


async def forget(session: AsyncSession, user_id: int, address_id: int) -> None:
    """Forget one; where it was the usual one, the one used last takes its place. Done twice, it is forgotten once."""
    await changed(session, delete(Address).where(Address.id == address_id, Address.user_id == user_id))
    left = own(await list_addresses(session, user_id))
    if left and not left[0].is_default:
        await make_default(session, user_id, left[0].id)


def _used(one: Address) -> tuple[datetime, int]:
    return one.used_at, one.id


def _parts(place: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(place.get(part) or "") for part in PARTS)
