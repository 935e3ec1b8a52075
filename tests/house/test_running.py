"""What docs/running.md and the systemd unit tell people to write exists."""

import re
import shutil
import subprocess
from pathlib import Path

from app.config import Config
from app.config.fields import settings
from app.config.mistakes import setting_at
from payments.paypal_reading import TOLD
from payments.stripe_reading import HEARD
from shop.importing.own_columns import COLUMNS
from tests.house.files import ROOT, text

GUIDE = text(Path("docs/running.md"))
UNIT = text(Path("deploy/storefront.service"))


def test_the_guide_names_every_event_of_stripe_that_the_shop_hears() -> None:
    assert set(re.findall(r"`((?:checkout|refund|charge)\.[a-z_.]+)`", GUIDE)) == set(HEARD)


def test_the_guide_names_every_event_of_paypal_that_the_shop_hears() -> None:
    assert set(re.findall(r"`((?:CHECKOUT|PAYMENT|CUSTOMER)\.[A-Z.-]+)`", GUIDE)) == set(TOLD)


def test_the_settings_that_the_guide_and_the_unit_name_exist() -> None:
    sections = "|".join(settings(Config))
    named = {tuple(key.split(".")) for key in re.findall(rf"`((?:{sections})\.[a-z_.]+)`", GUIDE)}
    named |= {
        tuple(name.lower().removesuffix("_file").split("__"))
        for name in re.findall(r"STOREFRONT_([A-Z_]+__[A-Z_]+)", GUIDE + UNIT)
    }

    assert named
    assert [path for path in named if setting_at(Config, path) is None] == []


def test_the_files_and_columns_that_the_guide_names_exist() -> None:
    files = set(re.findall(r"\b(deploy/[\w.]+|compose\.yaml|config\.example\.toml)", GUIDE))
    columns = re.search(r"names columns: `([^`]+)`", GUIDE)

    assert files
    assert [name for name in files if not (ROOT / name).exists()] == []
    assert columns
    assert set(re.split(r",\s+", columns[1])) <= set(COLUMNS)


def test_the_unit_keeps_files_to_itself_and_gives_up_what_it_does_not_need() -> None:
    said = dict(line.split("=", 1) for line in UNIT.splitlines() if "=" in line and not line.startswith("#"))

    assert (said["UMask"], said["StateDirectoryMode"]) == ("0077", "0700")
    assert said["CapabilityBoundingSet"] == said["AmbientCapabilities"] == ""
    assert {name for name, value in said.items() if value == "yes"} >= {
        "NoNewPrivileges",
        "MemoryDenyWriteExecute",
        "PrivateDevices",
        "ProtectKernelTunables",
        "RestrictNamespaces",
        "RestrictSUIDSGID",
    }


def test_systemd_finds_the_unit_little_exposed() -> None:
    """Where there is a systemd to ask; what it looks at stands in the test above."""
    analyze = shutil.which("systemd-analyze")
    if analyze is not None:
        asked = [analyze, "security", "--offline=true", "--threshold=20", str(ROOT / "deploy/storefront.service")]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)

        assert done.returncode == 0, done.stdout[-300:]
