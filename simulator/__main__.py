"""Run the simulator as a program: `python -m simulator --help` shows the options."""

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from simulator.cast import DEFAULT_CAST
from simulator.server import Simulator


async def serve(arguments: argparse.Namespace) -> None:
    """Run until SIGINT or SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    simulator = Simulator(host=arguments.host, port=arguments.port, people=arguments.people, state=arguments.state)
    async with simulator:
        sys.stdout.write(f"simulator ready at {simulator.url}\n")
        sys.stdout.flush()
        await stop.wait()


def main(words: Sequence[str] | None = None) -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m simulator", description="A pretend Telegram and Stripe.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=0, help="port to listen on; 0 takes a free one")
    parser.add_argument("--people", type=Path, default=DEFAULT_CAST, help="TOML file with the cast")
    parser.add_argument("--state", type=Path, help="JSON file that keeps the chats over a restart")
    asyncio.run(serve(parser.parse_args(words)))


if __name__ == "__main__":
    main()
