"""Addresses of a person: a few, each once, one of them the usual one, and nobody else's."""

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from shop.people import addresses
from shop.refusals import NotFound
from tests.world.clock import START
from tests.world.people import ANN, BOB, user


def at(street: str) -> dict[str, str]:
    """A place in Berlin."""
    return {"name": "Ann", "country_code": "DE", "street_line1": street, "city": "Berlin", "post_code": "10115"}


async def streets(session: AsyncSession, user_id: int) -> list[str]:
    """Of all addresses, in their order; the usual one with a star."""
    known = await addresses.list_addresses(session, user_id)
    return [one.place["street_line1"] + ("*" if one.is_default else "") for one in known]


async def test_each_is_kept_once_and_the_oldest_makes_room(session: AsyncSession) -> None:
    ann, bob = await user(session, ANN), await user(session, BOB)
    for number in range(addresses.MOST + 3):
        await addresses.remember(session, ann.id, at(f"Ring {number}"), now=START + timedelta(days=number))
    found = await streets(session, ann.id)
    assert len(found) == addresses.MOST
    assert found[:2] == ["Ring 0*", f"Ring {addresses.MOST + 2}"]  # the usual one stays, however long ago

    again = await addresses.remember(session, ann.id, {**at("Ring 9"), "state": ""}, now=START + timedelta(days=99))
    assert (await streets(session, ann.id))[1] == "Ring 9"
    assert len(await streets(session, ann.id)) == addresses.MOST

    with pytest.raises(NotFound):
        await addresses.make_default(session, bob.id, again.id)
    await addresses.forget(session, bob.id, again.id)
    assert "Ring 9" in await streets(session, ann.id)


async def test_one_is_the_usual_one_whatever_goes(session: AsyncSession) -> None:
    ann_id = (await user(session, ANN)).id
    first = (await addresses.remember(session, ann_id, at("Ring 1"), now=START)).id
    second = (await addresses.remember(session, ann_id, at("Ring 2"), now=START + timedelta(days=1))).id
    await addresses.make_default(session, ann_id, second)
    session.expire_all()
    assert await streets(session, ann_id) == ["Ring 2*", "Ring 1"]
    corrected = (await addresses.remember(session, ann_id, at("Ring 22"), instead_of=second, now=START)).id
    assert corrected != second  # what was shown under the old id is gone, not another place
    assert await streets(session, ann_id) == ["Ring 22*", "Ring 1"]
    await addresses.forget(session, ann_id, corrected)
    session.expire_all()
    assert await streets(session, ann_id) == ["Ring 1*"]
    await addresses.forget(session, ann_id, first)
    assert await streets(session, ann_id) == []
