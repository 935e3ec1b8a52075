"""The simulator's README lists its control API, all of it and nothing else."""

import re
from pathlib import Path

from starlette.routing import Route

from simulator.control.routes import routes
from simulator.server import Simulator
from tests.house.files import text


def _documented() -> set[tuple[str, str]]:
    """Method and path of each call in the README's table; a method alone is another one of the path before it."""
    calls, path = set(), ""
    for row in re.findall(r"^\| (`(?:GET|POST|DELETE)[^|]*) \|", text(Path("simulator/README.md")), re.MULTILINE):
        for method, rest in re.findall(r"`(GET|POST|DELETE) ?([^`?]*)[^`]*`", row):
            path = rest or path
            calls.add((method, path))
    return calls


def test_every_call_of_the_control_api_is_in_the_readme() -> None:
    served = {
        (method, re.sub(r":\w+", "", route.path.strip("/")))
        for route in routes(Simulator())
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }

    assert served
    assert _documented() == served
