"""What runs before a commit is what `make check` runs."""

import re

from tests.house.files import ROOT


def test_the_hooks_are_the_checks_of_make_check() -> None:
    recipe = re.search(r"^check:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    hooks = re.findall(r"entry: (.*)", (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))

    assert recipe is not None
    assert hooks == [line.strip().replace("$(VENV)", ".venv") for line in recipe.group(1).splitlines()]
