"""Ctrl-C and SIGTERM: they give up an opening that has not ended, and ask an open shop to close in order."""

import asyncio
import signal
from types import TracebackType
from typing import Self

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopping:
    """Watches for the signals while the block runs.

    Until `opened` a signal cancels the block, which then ends without an error; afterwards it sets `asked`.
    """

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self._opening: asyncio.Task[object] | None = None
        self._cancelled = False

    def opened(self) -> None:
        """From now on there is something to close in order."""
        self._opening = None

    def __enter__(self) -> Self:
        self._opening = asyncio.current_task()
        for number in SIGNALS:
            asyncio.get_running_loop().add_signal_handler(number, self._ask)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> bool:
        for number in SIGNALS:
            asyncio.get_running_loop().remove_signal_handler(number)
        task = asyncio.current_task()
        if self._cancelled and task is not None and kind is not None and issubclass(kind, asyncio.CancelledError):
            task.uncancel()
            return True
        return False

    def _ask(self) -> None:
        self.asked.set()
        if self._opening is not None and not self._cancelled:
            self._cancelled = True
            self._opening.cancel()
