"""The tour: plays the whole story in front of you, step by step, and checks each one."""

from collections.abc import Sequence

import httpx
from rich.console import Console

from app.demo.story import STEPS, Cast, Step
from app.demo.transcript import Transcript
from app.demo.visitors import PATIENCE, Stuck, Visitor


async def play(
    url: str,
    console: Console | None = None,
    steps: Sequence[tuple[str, Step]] = STEPS,
    *,
    patience: float = PATIENCE,
) -> bool:
    """Play the steps in the shop behind the simulator at `url` up to the first that does not hold; whether all held."""
    console = console or Console(highlight=False, width=110, soft_wrap=True)
    async with httpx.AsyncClient(base_url=url) as client:
        ann, olga, ivan = (Visitor(client, name, patience) for name in ("Ann", "Olga", "Ivan"))
        cast = Cast(ann, olga, ivan)
        transcript = Transcript(client)
        for number, (title, step) in enumerate(steps, 1):
            console.print(f"\n[bold]{number:>2}  {title}[/bold]")
            failure = None
            try:
                await step(cast)
            except (Stuck, httpx.HTTPError) as error:
                failure = error
            await transcript.show(console)
            if failure is not None:
                console.print(f"    [red]✗ {failure}[/red]", markup=True)
                return False
            console.print("    [green]✓[/green]")
    console.print(f"\n[green]All {len(steps)} steps held.[/green]")
    return True
