"""A bot under test as a child process, pinned to a core of its own, with its CPU time and memory."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Child:
    """A running bot."""

    pid: int
    started_at: float

    def cpu_seconds(self) -> float:
        """User and system time used so far (Linux: /proc/<pid>/stat, fields 14 and 15)."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def rss_bytes(self) -> int:
        """Resident memory now."""
        return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * PAGE


@asynccontextmanager
async def child(arguments: Sequence[str], environment: Mapping[str, str], core: int | None) -> AsyncGenerator[Child]:
    """Run `python <arguments>` on `core` until the block ends; its output goes to our standard error."""
    started_at = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", **environment},  # compiled once, as wherever a shop runs
        stdout=sys.stderr,
        stdin=asyncio.subprocess.DEVNULL,
    )
    if core is not None:
        os.sched_setaffinity(process.pid, {core})
    try:
        yield Child(process.pid, started_at)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(process.wait(), 15)
            except TimeoutError:
                process.kill()
                await process.wait()
