"""Refuse a test report in which something was skipped: a skipped test proves nothing about the change."""

import sys
import xml.etree.ElementTree as ET
from pathlib import Path


def skipped(report: Path) -> list[str]:
    """List every skipped test of a JUnit report with the reason it gave."""
    return [
        f"{case.get('classname')}::{case.get('name')}: {reason.get('message')}"
        for case in ET.fromstring(report.read_text(encoding="utf-8")).iter("testcase")  # noqa: S314 (written by our own run)
        if (reason := case.find("skipped")) is not None and reason.get("type") == "pytest.skip"
    ]


if __name__ == "__main__":
    found = skipped(Path(sys.argv[1]))
    if found:
        sys.stderr.write("Skipped, which is not allowed here:\n  " + "\n  ".join(found) + "\n")
    sys.exit(bool(found))
