"""Mira shows her mugs: the photos of a review, which the pretend Telegram has to keep before the shop can show them."""

import asyncio
import base64
from http import HTTPStatus
from pathlib import Path

import httpx

PICTURES = Path(__file__).parent / "pictures"
MIRA = {"id": 9101, "first_name": "Mira", "username": "mira", "language_code": "en"}
SENT = ("mug-sage.jpg", "mug-ink.jpg")
TAPS, PAUSE = 40, 0.25  # a busy machine draws the screens later


async def show_the_mugs(url: str) -> None:
    """She opens the order of weeks ago, and sends two photos to what she said about it then; once.

    Where the shop behind the page has another past, she says nothing.
    """
    async with httpx.AsyncClient(base_url=url) as client:
        known = (await client.get("/control/people")).json()["people"]
        if any(person["id"] == MIRA["id"] for person in known):
            return
        await _post(client, "/control/people", **MIRA)
        await _say(client, text="/orders")
        for label in ("Stoneware mug", "Rate it", "Stoneware mug", "Change your words"):
            if not await _tap(client, label):
                return
        for name in SENT:
            await _say(client, photo=base64.b64encode((PICTURES / name).read_bytes()).decode())


async def _say(client: httpx.AsyncClient, **what: str) -> None:
    await _post(client, "/control/send", person=MIRA["first_name"], **what)
    await _post(client, "/control/idle", timeout=10)


async def _tap(client: httpx.AsyncClient, label: str) -> bool:
    """Whether the key came."""
    body = {"person": MIRA["first_name"], "label": label}
    for _ in range(TAPS):
        if (await client.post("/control/tap", json=body, timeout=15)).status_code == HTTPStatus.OK:
            await _post(client, "/control/idle", timeout=10)
            return True
        await asyncio.sleep(PAUSE)
    return False


async def _post(client: httpx.AsyncClient, path: str, **body: object) -> None:
    (await client.post(path, json=body, timeout=15)).raise_for_status()
