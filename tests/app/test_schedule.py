"""The schedule only ticks: one bad task stops nothing, stopping waits for what is in hand, a lease is asked first."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta

from app.schedule import Schedule, Task

OFTEN = timedelta(milliseconds=20)


class Always:
    """The same answer for every task."""

    def __init__(self, answer: bool) -> None:
        self._answer = answer
        self.given_back = 0

    @asynccontextmanager
    async def __call__(self, task: Task) -> AsyncGenerator[bool]:
        yield self._answer

    async def give_back(self) -> None:
        self.given_back += 1


class Counted:
    """Work that counts how often it was done, and can be told to fail or to wait."""

    def __init__(self, *, fails: bool = False, waits_for: asyncio.Event | None = None) -> None:
        self.times = 0
        self.ended = 0
        self.reached = asyncio.Event()
        self._fails = fails
        self._waits_for = waits_for

    async def __call__(self) -> None:
        self.times += 1
        if self._waits_for is not None:
            self.reached.set()
            await self._waits_for.wait()
        if self.times >= 2:
            self.reached.set()
        if self._fails:
            raise ConnectionError("not now")
        self.ended += 1


async def test_a_task_that_fails_is_tried_again_and_stops_nothing() -> None:
    bad, good = Counted(fails=True), Counted()
    seen: list[tuple[str, bool]] = []
    schedule = Schedule(
        [Task("bad", OFTEN, bad), Task("good", OFTEN, good)],
        permit=Always(True),
        observe=lambda task, _seconds, failure: seen.append((task.name, failure is None)),
    )

    schedule.start()
    await asyncio.wait_for(asyncio.gather(bad.reached.wait(), good.reached.wait()), 5)
    await schedule.stop()

    assert {("bad", False), ("good", True)} <= set(seen)


async def test_stopping_waits_for_the_task_in_hand() -> None:
    may_end = asyncio.Event()
    slow = Counted(waits_for=may_end)
    schedule = Schedule([Task("slow", OFTEN, slow)], permit=Always(True))

    schedule.start()
    await asyncio.wait_for(slow.reached.wait(), 5)
    async with asyncio.TaskGroup() as group:
        stopping = group.create_task(schedule.stop())
        await asyncio.sleep(0)
        assert not stopping.done()
        may_end.set()

    assert (slow.times, slow.ended) == (1, 1)


async def test_a_task_that_never_ends_is_cut_off_after_a_while() -> None:
    stuck = Counted(waits_for=asyncio.Event())
    schedule = Schedule([Task("stuck", OFTEN, stuck)], permit=Always(True))

    schedule.start()
    await asyncio.wait_for(stuck.reached.wait(), 5)
    await schedule.stop(patience=0.01)

    assert stuck.ended == 0


async def test_without_the_lease_only_shared_work_is_done() -> None:
    leased, shared = Counted(), Counted()
    schedule = Schedule(
        [Task("leased", OFTEN, leased), Task("shared", OFTEN, shared, shared=True)],
        permit=Always(False),
    )

    schedule.start()
    await asyncio.wait_for(shared.reached.wait(), 5)
    await schedule.stop()

    assert leased.times == 0


async def test_running_once_does_everything_in_order_and_lets_errors_out() -> None:
    done: list[str] = []

    async def first() -> None:
        done.append("first")

    async def second() -> None:
        done.append("second")

    schedule = Schedule([Task("first", OFTEN, first), Task("second", OFTEN, second)], permit=Always(False))
    await schedule.run_once()

    assert done == ["first", "second"]


async def test_a_task_that_was_not_permitted_is_not_counted_as_run() -> None:
    shared = Counted()
    seen: set[str] = set()
    schedule = Schedule(
        [Task("leased", OFTEN, Counted()), Task("shared", OFTEN, shared, shared=True)],
        permit=Always(False),
        observe=lambda task, _seconds, _failure: seen.add(task.name),
    )

    schedule.start()
    await asyncio.wait_for(shared.reached.wait(), 5)
    await schedule.stop()

    assert seen == {"shared"}


async def test_stopping_gives_the_leases_back() -> None:
    permit, good = Always(True), Counted()
    schedule = Schedule([Task("good", OFTEN, good)], permit=permit)

    schedule.start()
    await asyncio.wait_for(good.reached.wait(), 5)
    await schedule.stop()

    assert permit.given_back == 1
