"""Wait until a chat looks as expected, or until the bot has nothing left to do."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from simulator.telegram.bots import Bot
from simulator.telegram.places import Place
from simulator.telegram.world import World
from simulator.transcript import show_text

T = TypeVar("T")
P = TypeVar("P", bound=Place)
QUIET_SECONDS = 0.02
PATIENCE = 20.0  # seconds: a busy machine is no reason to give up


class NeverHappened(AssertionError):  # noqa: N818  reads as a sentence
    """What a test waited for did not come; the words show the chat as it is."""


async def wait_for(chat: P, predicate: Callable[[P], T], timeout: float = PATIENCE) -> T:
    """The first true result of `predicate(chat)`, asked again after each change; real seconds."""
    deadline = asyncio.get_running_loop().time() + timeout
    while not (result := predicate(chat)):
        left = deadline - asyncio.get_running_loop().time()
        if left <= 0 or not await chat.changed.wait(left):
            if result := predicate(chat):
                break
            raise NeverHappened(f"not within {timeout} s in the chat of {chat.name}:\n{show_text(chat)}")
    return result


def busy_with(world: World, bot: Bot) -> str:
    """What a bot still has to do, in words; empty when nothing."""
    bot.updates.expire()
    if bot.updates.waiting:
        first = next(iter(bot.updates.waiting.values()))
        return f"{len(bot.updates.waiting)} updates not confirmed, the first is {first.kind} {first.id}"
    if bot.calls_in_flight:
        return f"{bot.calls_in_flight} calls under way"
    now = world.clock.now()
    for query in bot.queries.values():
        if not query.answered and query.deadline > now and query.wanted:
            return f"a {query.kind} query of person {query.person} is not answered (data {query.data!r})"
    if bot.webhook is None and bot.poll is None:
        return "the bot is not in getUpdates"
    return ""


async def idle(world: World, timeout: float = PATIENCE, *, quiet: float = QUIET_SECONDS) -> None:
    """Return when every update is confirmed, every query answered and no call under way, for `quiet` seconds."""
    deadline = asyncio.get_running_loop().time() + timeout
    while True:
        words = next(filter(None, (busy_with(world, bot) for bot in world.bots.values())), "")
        left = deadline - asyncio.get_running_loop().time()
        if not words:
            seen = (world.journal.last, len(world.calls))
            changed = await world.settled.wait(quiet)
            still = not changed and seen == (world.journal.last, len(world.calls))
            if still and not any(busy_with(world, bot) for bot in world.bots.values()):
                return
        elif left <= 0:
            raise NeverHappened(f"the bot is still busy after {timeout} s: {words}")
        else:
            await world.settled.wait(min(left, 0.25))
