"""Takes the pictures of the README and of docs/owners.md of the running demo: `make pictures`.

Needs a Chromium (see CONTRIBUTING.md), and pdftoppm for the paper.
"""

import asyncio
import shutil
import sys
from collections.abc import Sequence

from playwright.async_api import Browser, ViewportSize, async_playwright

from docs.pictures import owners
from docs.pictures.camera import PEOPLE, Camera, demo, phone_of

DESK: ViewportSize = {"width": 1280, "height": 820}


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


async def at_the_desk(browser: Browser, address: str) -> None:
    """Olga's overview in her browser, by the link out of the chat."""
    context = await browser.new_context(viewport=DESK, device_scale_factor=1.5)
    chat = await context.new_page()
    await chat.goto(f"{address}/?people={PEOPLE['Olga']}")
    olga = Camera(chat)
    await olga.say("Olga", "/dashboard")
    await olga.wait_for("The shop in your browser")
    async with context.expect_page() as opened:
        await chat.get_by_role("button", name="🖥 Open").last.click()
    page = await opened.value
    await page.get_by_role("button", name="Sign in").click()
    await page.get_by_role("link", name="Overview").click()
    await Camera(page).shoot("desk")


async def gallery(chosen: Sequence[str]) -> None:
    """Every screen in these languages, or in all."""
    from bot.words import languages  # noqa: PLC0415  the shop itself is not needed for the README's pictures
    from docs.pictures.gallery import HERE as THERE  # noqa: PLC0415
    from docs.pictures.gallery import take  # noqa: PLC0415

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=["--disable-gpu"])
        for language in chosen or languages():
            async with demo() as address:
                sys.stdout.write(f"{language}: {await take(browser, address, language)} screens\n")
                sys.stdout.flush()
        await browser.close()
    sys.stdout.write(f"{THERE}/index.html\n")


def chromium() -> str | None:
    """Where the browser is."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


async def main() -> None:
    """Open a demo, play, take the pictures; and another one, whose owners have their day."""
    if "--gallery" in sys.argv:
        await gallery(sys.argv[sys.argv.index("--gallery") + 1 :])
        return
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=["--disable-gpu"])
        async with demo() as address:
            await _the_readmes(browser, address)
        async with demo() as address:
            await owners.take(browser, address)
        await browser.close()


async def _the_readmes(browser: Browser, address: str) -> None:
    ivan = await phone_of(browser, address, "Ivan")
    ann = await phone_of(browser, address, "Ann")
    await browse_and_pay(ann)
    await ann.shoot("order")
    await side_by_side(browser, address)
    await at_the_desk(browser, address)
    await ivan.tap("Ship")
    await ivan.say("Ivan", "LX 4711 DE")
    await ivan.tap("Complete")
    await ann.wait_for("How do you like")
    await ann.tap("★ 5")
    await ann.shoot("review")


if __name__ == "__main__":
    asyncio.run(main())
