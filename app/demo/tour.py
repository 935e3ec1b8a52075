"""The tour: plays the whole story in front of you, step by step, and checks each one."""

import httpx
from rich.console import Console

from app.demo.story import STEPS, Cast
from app.demo.transcript import Transcript
from app.demo.visitors import Stuck, Visitor


async def play(url: str, console: Console | None = None) -> bool:
    """Play every step in the shop behind the simulator at `url`; whether all of them held."""
    console = console or Console(highlight=False, width=110, soft_wrap=True)
    async with httpx.AsyncClient(base_url=url) as client:
        cast = Cast(ann=Visitor(client, "Ann"), olga=Visitor(client, "Olga"), ivan=Visitor(client, "Ivan"))
        transcript = Transcript(client)
        for number, (title, step) in enumerate(STEPS, 1):
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
    console.print(f"\n[green]All {len(STEPS)} steps held.[/green]")
    return True
