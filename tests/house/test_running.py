"""What docs/running.md and the systemd unit tell people to write exists."""

import re
from pathlib import Path

from app.config import Config
from app.config.fields import settings
from app.config.mistakes import setting_at
from payments.stripe_reading import HEARD
from shop.importing.own_columns import COLUMNS
from tests.house.files import ROOT, text

GUIDE = text(Path("docs/running.md"))
UNIT = text(Path("deploy/storefront.service"))


def test_the_guide_names_every_event_of_stripe_that_the_shop_hears() -> None:
    assert set(re.findall(r"`((?:checkout|refund|charge)\.[a-z_.]+)`", GUIDE)) == set(HEARD)


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
