"""The image and the compose file: whole, unprivileged, and speaking of settings that exist."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from app.config import Config
from app.config.mistakes import field_at
from tests.house.files import ROOMS, ROOT, text

DOCKERFILE = text(Path("Dockerfile"))
COMPOSE = text(Path("compose.yaml"))


def test_the_image_holds_every_room_and_the_builder_gets_nothing_else() -> None:
    copied = set(re.findall(r"^COPY ([\w/.]+) ", DOCKERFILE, re.MULTILINE))
    sent = set(re.findall(r"^!(\S+)", text(Path(".dockerignore")), re.MULTILINE))

    assert copied == {*ROOMS, "requirements/run.txt"}
    assert sent == copied


def test_the_image_runs_without_root_from_hashed_packages_and_tells_its_health() -> None:
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", DOCKERFILE, re.MULTILINE)
    assert "--require-hashes" in DOCKERFILE
    assert re.search(r"^HEALTHCHECK [^#]*/healthz", DOCKERFILE, re.MULTILINE)


@pytest.mark.parametrize("written", [DOCKERFILE, COMPOSE], ids=["Dockerfile", "compose.yaml"])
def test_every_setting_that_it_passes_exists(written: str) -> None:
    names = set(re.findall(r"STOREFRONT_\w+__\w+", written))
    unknown = [
        name for name in names if field_at(Config, tuple(name.removeprefix("STOREFRONT_").lower().split("__"))) is None
    ]

    assert names
    assert unknown == []


def test_compose_reads_the_file(tmp_path: Path) -> None:
    client = _compose()
    if client is None:
        assert "services:" in COMPOSE  # no client here to ask
        return

    done = subprocess.run(
        [*client, "-f", ROOT / "compose.yaml", "config", "-q"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


def _compose() -> list[str] | None:
    """The compose client of this machine, as a plug-in or by itself."""
    if docker := shutil.which("docker"):
        asked = subprocess.run([docker, "compose", "version"], capture_output=True, check=False)
        if asked.returncode == 0:
            return [docker, "compose"]
    alone = shutil.which("docker-compose")
    return [alone] if alone else None
