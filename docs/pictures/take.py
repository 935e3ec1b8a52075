"""Takes the README's pictures of the running demo: `make pictures`. Needs a Chromium (see CONTRIBUTING.md)."""

import asyncio
import os
import re
import shutil
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Page, ViewportSize, async_playwright

HERE = Path(__file__).parent
PHONE: ViewportSize = {"width": 390, "height": 760}
DESK: ViewportSize = {"width": 1280, "height": 820}
PEOPLE = {"Ann": 1001, "Ivan": 1004}  # as simulator/people.toml has them
REST = 600  # milliseconds that a screen takes to come to rest


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


async def phone_of(browser: Browser, address: str, who: str) -> Camera:
    """Somebody's chat on a phone of their own, started."""
    page = await browser.new_page(viewport=PHONE, device_scale_factor=2)
    await page.goto(f"{address}/?people={PEOPLE[who]}")
    camera = Camera(page)
    await camera.tap("Start")
    return camera


async def browse_and_pay(ann: Camera) -> None:
    """From the shelves to the receipt."""
    await ann.shoot("home")
    await ann.tap("Catalogue", "Tea", "Green", "Sencha")
    await ann.tap("Add to cart", "Back", "Back", "Back", "Wardrobe", "Wool scarf", "Berry", "Short")
    await ann.shoot("product")
    await ann.tap("Add to cart", "Cart")
    await ann.shoot("cart")
    await ann.tap("Check out", "here in the chat", "Pay €", "Continue")
    await ann.shoot("sheet")
    await ann.tap("Pay €", "Done")


async def side_by_side(browser: Browser, address: str) -> None:
    """Ann and Ivan beside each other."""
    page = await browser.new_page(viewport=DESK, device_scale_factor=1.5)
    await page.goto(f"{address}/?people={PEOPLE['Ann']},{PEOPLE['Ivan']}")
    await Camera(page).shoot("shop")


async def main() -> None:
    """Open a demo, play, take the pictures."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    async with demo() as address, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--disable-gpu"])
        ivan = await phone_of(browser, address, "Ivan")
        ann = await phone_of(browser, address, "Ann")
        await browse_and_pay(ann)
        await ann.shoot("order")
        await side_by_side(browser, address)
        await ivan.tap("Ship")
        await ivan.say("Ivan", "LX 4711 DE")
        await ivan.tap("Complete")
        await ann.wait_for("How do you like")
        await ann.tap("★ 5")
        await ann.shoot("review")
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
