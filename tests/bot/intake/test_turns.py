"""Each person in order, many at once, nobody delayed by somebody else, and no endless queue."""

import asyncio

import pytest

from bot.intake.reading import Incoming, Person, Tap
from bot.intake.turns import Full, Turns
from bot.routing.said import PaymentMade, PreCheckout


def a_tap(person: int, number: int) -> Incoming:
    return Incoming(number, Person(person, None, "", None), Tap(str(number), "", None))


class Kitchen:
    """Handles updates as slowly as the test wants, and remembers the order."""

    def __init__(self) -> None:
        self.done: list[tuple[int, int]] = []
        self.open = asyncio.Event()
        self.slow: set[int] = set()
        self.busy = self.busiest = 0

    async def handle(self, incoming: Incoming) -> bool:
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        if incoming.person.telegram_id in self.slow:
            await self.open.wait()
        for _ in range(max(1, 20 - incoming.update_id)):  # what comes first takes longest
            await asyncio.sleep(0)
        self.busy -= 1
        self.done.append((incoming.person.telegram_id, incoming.update_id))
        return True


async def test_one_person_is_served_in_order() -> None:
    """Guard: a queue for each person."""
    kitchen = Kitchen()
    turns = Turns(kitchen.handle)

    for number in range(20):
        _ = turns.take(a_tap(1, number))
    await turns.drain()

    assert kitchen.done == [(1, number) for number in range(20)]


async def test_a_slow_person_delays_nobody_else() -> None:
    kitchen = Kitchen()
    kitchen.slow = {1}
    turns = Turns(kitchen.handle, at_once=2)

    slow = turns.take(a_tap(1, 0))
    others = [turns.take(a_tap(2 + number % 5, number)) for number in range(1, 30)]
    await asyncio.gather(*others)

    assert not slow.done()
    kitchen.open.set()
    assert await slow


async def test_a_noisy_person_goes_to_the_end_of_the_line() -> None:
    kitchen = Kitchen()
    turns = Turns(kitchen.handle, at_once=1)

    for number in range(10):
        _ = turns.take(a_tap(1, number))
    _ = turns.take(a_tap(2, 99))
    await turns.drain()

    assert kitchen.done.index((2, 99)) <= 2
    assert kitchen.busiest == 1


async def test_no_more_wait_than_there_is_room_for_but_money_always_does() -> None:
    kitchen = Kitchen()
    kitchen.slow = {1, 2, 3}
    turns = Turns(kitchen.handle, room=2, per_person=2)
    _ = turns.take(a_tap(1, 1))
    _ = turns.take(a_tap(2, 2))

    with pytest.raises(Full):
        _ = turns.take(a_tap(3, 3))
    payment = PaymentMade("p", "EUR", 1, "t", "c", 4)
    paid = turns.take(Incoming(4, Person(3, None, "", None), payment))
    waiting = asyncio.gather(turns.has_room())
    assert not waiting.done()
    kitchen.open.set()

    assert await paid
    await waiting


async def test_a_question_before_a_payment_skips_the_line() -> None:
    kitchen = Kitchen()
    kitchen.slow = {1}
    turns = Turns(kitchen.handle, at_once=1)
    blocking = turns.take(a_tap(1, 1))

    question = PreCheckout("q", "p", "EUR", 1, None, None)
    assert await turns.take(Incoming(2, Person(2, None, "", None), question))

    assert not blocking.done()
    kitchen.open.set()
    await turns.drain()


async def test_an_error_stops_nobody() -> None:
    async def stumble(incoming: Incoming) -> bool:
        if incoming.update_id == 1:
            raise ZeroDivisionError
        return True

    turns = Turns(stumble)

    assert not await turns.take(a_tap(1, 1))
    assert await turns.take(a_tap(1, 2))
