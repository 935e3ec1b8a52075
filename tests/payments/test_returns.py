"""Returns under load and in trouble, on every database: no piece comes back twice, no money goes twice or gets lost.

Cases of others are among them: episerver/Foundation #130 and mage-os/module-rma #7 (more pieces than were bought),
OCA/rma #418 (what came back before is offered again), solidusio/solidus #512 (the discount is given back as money).
"""

import asyncio

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import (
    ReturnStatus,
)
from shop import returns
from shop.refusals import Refusal
from shop.returns import paying
from shop.returns.refusals import CannotReturn, ReturnMoved
from tests.payments.counter import Counter
from tests.payments.returning import TEA, agree, arrived, ask, came_back, give_back, is_sound, receive, see
from tests.world.people import ANN, OLGA, user


async def test_of_a_crowd_of_wishes_no_more_pieces_come_back_than_were_bought(counter: Counter) -> None:
    """Guard: one conditional UPDATE of the line, and the CHECK behind it."""
    _, order = await arrived(counter, 3)

    outcomes = await asyncio.gather(*(ask(counter, order) for _ in range(8)), return_exceptions=True)

    assert sum(isinstance(outcome, int) for outcome in outcomes) == 3
    assert all(isinstance(outcome, int | CannotReturn) for outcome in outcomes), outcomes
    assert (await counter.see(order)).items[0].returned == 3
    await is_sound(counter)


async def test_two_answers_at_once_are_one(counter: Counter) -> None:
    """Guard: the compare-and-swap of the status; what is refused lets its pieces go once."""
    _, order = await arrived(counter, 2)
    return_id = await ask(counter, order, 2)

    async def decline() -> None:
        async def work(session: AsyncSession) -> None:
            olga = await user(session, OLGA)
            await returns.decline(session, olga, return_id, "No.", policy=counter.policy, now=counter.clock.now())

        await counter.run(work)

    async def withdraw() -> None:
        async def work(session: AsyncSession) -> None:
            ann = await user(session, ANN)
            await returns.withdraw(session, ann, return_id, policy=counter.policy, now=counter.clock.now())

        await counter.run(work)

    outcomes = await asyncio.gather(
        *(agree(counter, return_id) for _ in range(2)), decline(), withdraw(), return_exceptions=True
    )

    assert all(outcome is None or isinstance(outcome, ReturnMoved) for outcome in outcomes), outcomes
    assert (outcomes[:2].count(None) <= 1, outcomes[2:].count(None)) == (True, 1)
    row = await see(counter, return_id)
    left = (await counter.see(order)).items[0].returned
    assert left == (0 if row.status in {ReturnStatus.DECLINED, ReturnStatus.WITHDRAWN} else 2)
    await is_sound(counter)


async def test_money_that_is_given_back_twice_at_once_goes_once(counter: Counter) -> None:
    """Guard: the compare-and-swap of the status, in the transaction that writes the refunds."""
    _, order = await arrived(counter, 3)
    return_id = await came_back(counter, order, 2)

    outcomes = await asyncio.gather(*(give_back(counter, return_id) for _ in range(5)), return_exceptions=True)

    assert [outcome for outcome in outcomes if isinstance(outcome, int)] == [2 * TEA]
    assert all(isinstance(outcome, int | ReturnMoved) for outcome in outcomes), outcomes
    assert (await counter.money(order)).refunded_amount == 2 * TEA
    assert sum(one.amount for one in counter.till.refunds.values()) == 2 * TEA
    await is_sound(counter)


async def test_goods_that_are_back_twice_at_once_are_on_the_shelf_once(counter: Counter) -> None:
    tea, order = await arrived(counter, 3)
    return_id = await ask(counter, order, 2)
    await agree(counter, return_id)

    outcomes = await asyncio.gather(
        *(receive(counter, return_id, restock=1) for _ in range(4)),
        counter.refund(order, restock=True),
        return_exceptions=True,
    )

    assert all(not isinstance(outcome, Exception) or isinstance(outcome, Refusal) for outcome in outcomes), outcomes
    assert await counter.stock(tea) == (5, 0)  # the refund of everything brings the rest, and never more than left
    await is_sound(counter)


@pytest.mark.one_database
async def test_a_process_that_dies_after_the_decision_leaves_a_refund_that_is_made_once(counter: Counter) -> None:
    _, order = await arrived(counter, 3)
    return_id = await came_back(counter, order, 2)

    async def decide_and_die(session: AsyncSession) -> None:
        olga, now = await user(session, OLGA), counter.clock.now()
        await paying.decide(
            session, olga, return_id, amount=None, providers=counter.providers, policy=counter.policy, now=now
        )

    await counter.run(decide_and_die)
    assert counter.till.refunds == {}
    with pytest.raises(ReturnMoved):
        await give_back(counter, return_id)
    await counter.work_on_refunds()
    await counter.work_on_refunds()
    assert sum(one.amount for one in counter.till.refunds.values()) == 2 * TEA
    assert (await see(counter, return_id)).status is ReturnStatus.REFUNDED
    await is_sound(counter)


@pytest.mark.one_database
async def test_a_process_that_dies_before_the_commit_leaves_nothing(counter: Counter) -> None:
    _, order = await arrived(counter, 3)
    return_id = await came_back(counter, order, 1)

    async def dies(session: AsyncSession) -> None:
        olga, now = await user(session, OLGA), counter.clock.now()
        await paying.decide(
            session, olga, return_id, amount=None, providers=counter.providers, policy=counter.policy, now=now
        )
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError, match="killed"):
        await counter.run(dies)
    assert (await see(counter, return_id)).status is ReturnStatus.RECEIVED
    assert await counter.refunds_of(order) == []
    assert await give_back(counter, return_id) == TEA
    await is_sound(counter)
