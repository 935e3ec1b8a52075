"""What a start loads: nothing that this shop does not use."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SELDOM = ("alembic", "stripe", "redis", "limits", "requests")
SCRIPT = """
import sys
import app.serve
from payments import Keys, open_providers
open_providers(Keys(), object())
print(*(name for name in sys.argv[1:] if name in sys.modules))
"""


def test_a_start_loads_neither_stripe_nor_redis_nor_alembic_where_they_have_nothing_to_do() -> None:
    """Each costs seven megabytes and a tenth of a second. Fails when one of them is imported at the top of a file."""
    said = subprocess.run(
        [sys.executable, "-c", SCRIPT, *SELDOM], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    assert said.split() == []
