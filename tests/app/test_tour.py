"""`storefront demo --tour` plays the whole story, and says so when a step of it does not hold."""

from io import StringIO

from rich.console import Console
from typer.testing import CliRunner

from app.cli import app
from app.demo.story import STEPS, Cast, must
from app.demo.tour import play
from simulator.server import Simulator


def test_every_step_of_the_tour_holds() -> None:
    played = CliRunner().invoke(app, ["demo", "--tour"])

    assert f"All {len(STEPS)} steps held." in played.output, played.output
    assert played.exit_code == 0


async def test_a_step_that_does_not_hold_ends_the_tour_and_says_which() -> None:
    played = []

    async def holds(_cast: Cast) -> None:
        played.append("holds")

    async def breaks(_cast: Cast) -> None:
        must(holds=False, claim="pigs fly")

    async def stumbles(cast: Cast) -> None:
        await cast.ann.taps("A button that is not there")

    shown = StringIO()
    async with Simulator() as simulator:
        for broken in (breaks, stumbles):
            steps = (("A good step", holds), ("A broken step", broken), ("Never played", holds))
            assert not await play(simulator.url, Console(file=shown), steps, patience=0)

    assert played == ["holds", "holds"]
    assert "✗ It does not hold that pigs fly" in shown.getvalue()
    assert shown.getvalue().count("✗") == 2
    assert "Never played" not in shown.getvalue()
