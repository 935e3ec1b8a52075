"""Prints what happened in the chats since the last look, as one reads a play."""

from typing import Any

import httpx
from rich.console import Console
from rich.markup import escape

from app.demo.visitors import labels_of, words_of

LINES = 7  # of one message; the rest is said to be there
WIDTH = 12  # of the column of names
SHOP = "Shop"


class Transcript:
    """Reads the pretend Telegram's log of events and shows the messages they are about."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self._seen = 0
        self._names: dict[int, str] = {}

    async def show(self, console: Console) -> None:
        """Print everything that is new: what people did, and each screen as it stands now."""
        answer = (await self._client.get("/control/events", params={"since": self._seen})).json()
        self._seen = answer["last"]
        screens: dict[tuple[str, int], str] = {}  # each screen once, where it changed last
        lines: list[tuple[str, tuple[str, int] | None]] = []
        for event in answer["events"]:
            who = await self._name(event["person"])
            place: tuple[str, int] = (who, event.get("message_id") or 0)
            if event["kind"] in {"message", "edit"}:
                lines = [line for line in lines if line[1] != place]
                screens[place] = event["kind"]
                lines.append(("", place))
            elif words := _did(event, who):
                lines.append((words, None))
        for words, shown in lines:
            if shown is None:
                console.print(words)
            elif (message := await self._message(*shown)) is not None:
                _print(console, shown[0], message, edited=screens[shown] == "edit")

    async def _name(self, person: int) -> str:
        if person not in self._names:
            people = (await self._client.get("/control/people")).json()["people"]
            self._names = {one["id"]: one["first_name"] for one in people}
        return self._names.get(person, str(person))

    async def _message(self, who: str, message_id: int) -> dict[str, Any] | None:
        chat = (await self._client.get(f"/control/chats/{who}")).json()
        return next((message for message in chat["messages"] if message["id"] == message_id), None)


def _did(event: dict[str, Any], who: str) -> str:
    """What a person did or was shown over the screen, in a line; nothing for what a message says anyway."""
    match event["kind"]:
        case "tap":
            return f"    [cyan]{who:<{WIDTH}}[/cyan]taps [bold]{escape('[' + event['label'] + ']')}[/bold]"
        case "toast" | "alert" if event.get("text"):
            return f"    [dim]{SHOP} → {who:<5}[/dim] ({escape(event['text'])})"
        case "payment" if event.get("state"):
            why = f": {event['error']}" if event.get("error") else ""
            return f"    [cyan]{who:<{WIDTH}}[/cyan]pays — {event['state']}{escape(why)}"
        case _:
            return ""


def _print(console: Console, who: str, message: dict[str, Any], *, edited: bool) -> None:
    words = words_of(message)
    if not message["from_bot"]:
        if words or message.get("photo"):
            shown = f"a photo: {words}" if message.get("photo") else words
            console.print(f"    [cyan]{who:<{WIDTH}}[/cyan]{escape(shown)}")
        return
    lines = [line for line in words.splitlines() if line.strip()]
    if message.get("photo"):
        lines = ["▨ picture", *lines]
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], "…"]
    head = f"{SHOP} → {who}" + (" ✎" if edited else "")
    for number, line in enumerate(lines):
        console.print(f"    [dim]{head if number == 0 else '':<{WIDTH + 2}}[/dim]{escape(line)}")
    if labels := list(labels_of(message)):
        console.print(f"    {'':<{WIDTH + 2}}[dim]{escape(' '.join(f'[{label}]' for label in labels))}[/dim]")
