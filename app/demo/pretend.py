"""The pretend Telegram as a process of its own: started before the shop is loaded, so that both get ready at once."""

import asyncio
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

HOST = "127.0.0.1"
READY = "simulator ready at "
USUAL_PORT, PORTS = 8400, 20


class SimulatorFailed(RuntimeError):  # noqa: N818  it reads as a claim
    """The pretend Telegram did not start."""


def free_port(wanted: int | None, usual: int = USUAL_PORT) -> int | None:
    """The wanted port if it is free; with no wish, the usual one or the next that is free. None where there is none."""
    for port in range(usual, usual + PORTS) if wanted is None else (wanted,):
        try:
            socket.create_server((HOST, port)).close()
        except OSError:
            continue
        return port
    return None


@asynccontextmanager
async def pretend_telegram(port: int, data: Path) -> AsyncGenerator[Process]:
    """Run `python -m simulator`, which keeps its chats in the folder `data`; ended when the block ends."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "simulator",
        "--host",
        HOST,
        "--port",
        str(port),
        "--state",
        str(data / "chats.json"),
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for us: it goes when the shop has said good-bye
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


async def address(process: Process) -> str:
    """Where it listens, once it does. Raises SimulatorFailed."""
    line = (await process.stdout.readline()).decode().strip() if process.stdout else ""
    if not line.startswith(READY):
        raise SimulatorFailed("the pretend Telegram did not start; its reason stands above")
    return line.removeprefix(READY)
