"""What a start loads: nothing that this shop does not use."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SELDOM = (
    "alembic",
    "stripe",
    "redis",
    "limits",
    "requests",
    "rich",
    "pygments",
    "apscheduler",
    "pydantic",
    "starlette",
    "uvicorn",
)
SCRIPT = """
import sys
import app.light
app.light.load_lightly()
import app.serve
from payments import Keys, open_providers
open_providers(Keys(), object())
print(*(name for name in sys.argv[1:] if name in sys.modules))
"""


def test_a_start_loads_nothing_that_has_nothing_to_do_then() -> None:
    """Stripe's library alone is a tenth of a second. Fails when one is imported at the top of a file, or too early."""
    said = subprocess.run(
        [sys.executable, "-c", SCRIPT, *SELDOM], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    assert said.split() == []
