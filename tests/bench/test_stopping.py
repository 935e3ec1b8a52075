"""A measurement that is stopped half way takes its bots with it: one left behind would slow the next."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 60  # seconds; a loaded machine imports slowly


async def test_a_measurement_that_is_stopped_leaves_no_bot(tmp_path: Path) -> None:
    words = ("-m", "bench", "--quick", "--only", "starting", "--json", str(tmp_path / "bench.json"))
    environment = os.environ | {"STOREFRONT_TEST_DATABASES": "sqlite"}
    bench = await asyncio.create_subprocess_exec(
        sys.executable, *words, cwd=ROOT, env=environment, stdout=PIPE, stderr=PIPE, start_new_session=True
    )
    assert bench.stdout
    assert bench.stderr
    try:
        async with asyncio.timeout(PATIENCE):
            said = ""
            while "answered after" not in said:  # one has answered, and the next is started
                line = await bench.stdout.readline()
                assert line, said
                said += line.decode()
            bench.send_signal(signal.SIGTERM)
            assert await bench.wait() == 128 + signal.SIGTERM
            assert "Stopped" in (await bench.stdout.read()).decode()
            complaints = await bench.stderr.read()  # it ends when nobody is left who could write there: no bot either
        assert b"Traceback" not in complaints, complaints.decode()
    finally:
        with suppress(ProcessLookupError):
            os.killpg(bench.pid, signal.SIGKILL)
