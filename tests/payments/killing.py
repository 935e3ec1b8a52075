"""Runs work in a child process that can be killed (SIGKILL): forked, because a new interpreter costs a second."""

import asyncio
import gc
import os
import pickle
import signal
import traceback
from collections.abc import Awaitable, Callable
from typing import Any


class Killed(Exception):  # noqa: N818  it reads as a claim
    """The child was killed before it came to its end."""


def kill_nine() -> None:
    """End this process as `kill -9` does: nothing is finished, nothing is said."""
    os.kill(os.getpid(), signal.SIGKILL)


def in_a_child(work: Callable[[], Awaitable[Any]]) -> Any:
    """Run `work` in a child on a loop of its own; what it returned. Raises Killed, AssertionError when it failed.

    Nobody may have a database open: connections do not survive a fork.
    """
    reading, writing = os.pipe()
    gc.freeze()  # what parent and child share must not be copied only because it is looked at
    child = os.fork()
    if child == 0:
        _be_the_child(work, writing)
    gc.unfreeze()
    os.close(writing)
    with os.fdopen(reading, "rb") as answers:
        told = answers.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL, f"signal {os.WTERMSIG(status)}"
        raise Killed
    worked, answer = pickle.loads(told)
    assert worked, answer
    return answer


def _be_the_child(work: Callable[[], Awaitable[Any]], writing: int) -> None:
    """Never returns: what the parent would do next is none of the child's business."""
    gc.disable()
    try:
        told = (True, asyncio.run(_all_of(work)))
    except BaseException:  # noqa: BLE001  the parent raises it
        told = (False, traceback.format_exc())
    try:
        with os.fdopen(writing, "wb") as answers:
            pickle.dump(told, answers)
    finally:
        os._exit(0)


async def _all_of(work: Callable[[], Awaitable[Any]]) -> Any:
    return await work()
