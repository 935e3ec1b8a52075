"""A person's chat on a phone, and a way to look at it: what takes the pictures of the README and of docs/owners.md."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page, ViewportSize

HERE = Path(__file__).parent
PHONE: ViewportSize = {"width": 390, "height": 760}
PEOPLE = {"Ann": 1001, "Olga": 1003, "Ivan": 1004, "Oscar": 1005}  # as simulator/people.toml has them
REST = 600  # milliseconds that a screen takes to come to rest
COLOURS = 96  # of a small picture


@asynccontextmanager
async def demo() -> AsyncGenerator[str]:
    """The demo on a free port, new and empty; its address."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "app", "demo", "--port", "0"),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    try:
        async for line in process.stdout:
            if found := re.search(rb"http://\S+", line):
                yield found[0].decode()
                break
    finally:
        process.terminate()
        await process.wait()


class Camera:
    """One person's chat on a phone, and a way to look at it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def tap(self, *labels: str) -> None:
        """Tap buttons one after another, each on the newest message that has it."""
        for label in labels:
            await self.page.get_by_role("button", name=label).last.click()
            await self.page.wait_for_timeout(REST)

    async def say(self, who: str, text: str) -> None:
        """Write a message."""
        await self.page.get_by_label(f"Message as {who}").fill(text)
        await self.page.get_by_label(f"Message as {who}").press("Enter")
        await self.page.wait_for_timeout(REST)

    async def wait_for(self, words: str) -> None:
        """Wait until something is written in the chat."""
        await self.page.get_by_text(words).last.wait_for()

    async def shoot(self, name: str) -> None:
        """Keep what is on show."""
        await self.page.wait_for_timeout(REST)
        await self.page.screenshot(path=HERE / f"{name}.jpg", type="jpeg", quality=88)

    async def shoot_small(self, name: str) -> None:
        """The same as a PNG of few colours, for a page with many of them."""
        await self.page.wait_for_timeout(REST)
        keep_small(await self.page.screenshot(), name)


def keep_small(picture: bytes, name: str) -> None:
    """Write a PNG of few colours beside this file."""
    image = Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    image.save(HERE / f"{name}.png", optimize=True)


async def phone_of(browser: Browser, address: str, who: str, *, place: str = "", start: bool = True) -> Camera:
    """Somebody's chat on a phone of their own, started; `place`: a group's id."""
    page = await browser.new_page(viewport=PHONE, device_scale_factor=1 if place or not start else 2)
    await page.goto(f"{address}/?people={PEOPLE[who]}{f':{place}' if place else ''}")
    camera = Camera(page)
    if start:
        await camera.tap("Start")
    return camera
