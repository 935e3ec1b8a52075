"""Reads compose.yaml without Docker: the part of YAML in which it is written, and no more."""

import json
import re
from typing import Any

_LINE = re.compile(r"(?P<indent> *)(?P<item>- )?(?:(?P<key>[\w.<-]+):(?: +|$))?(?P<value>.*)")


def read(written: str) -> dict[str, Any]:
    """The document, with what its aliases and merges stand for in their place."""
    lines = [line.rstrip() for line in written.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    anchors: dict[str, Any] = {}
    document = _block(lines, 0, anchors)
    assert isinstance(document, dict)
    assert not lines, f"not understood: {lines[0]}"
    return document


def _block(lines: list[str], indent: int, anchors: dict[str, Any]) -> Any:
    """The mapping or list that begins at the first line; takes its lines away."""
    mapping: dict[str, Any] = {}
    items: list[Any] = []
    while lines and (found := _LINE.fullmatch(lines[0])) and len(found["indent"]) == indent:
        lines.pop(0)
        value = found["value"]
        if found["item"]:
            items.append(_scalar(found[0].lstrip().removeprefix("- ")))
        elif found["key"] == "<<":
            mapping = {**anchors[value.removeprefix("*")], **mapping}
        else:
            name, anchored = value.removeprefix("&"), value.startswith("&")
            if value == "" or anchored:
                deeper = len(lines[0]) - len(lines[0].lstrip()) if lines else 0
                mapping[found["key"]] = _block(lines, deeper, anchors) if deeper > indent else None
            else:
                mapping[found["key"]] = anchors[value[1:]] if value.startswith("*") else _scalar(value)
            if anchored:
                anchors[name] = mapping[found["key"]]
    return items or mapping


def _scalar(value: str) -> Any:
    if value in {"true", "false"} or value.isdecimal() or value.startswith(('"', "[")):
        return json.loads(value)
    return value
