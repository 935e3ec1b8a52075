"""How everybody fares on a page: what axe finds serious, light and dark, and whether it fits a phone."""

from collections.abc import Sequence

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

SERIOUS = {"serious", "critical"}
PHONE = {"width": 390, "height": 844}


async def trouble(page: Page, addresses: Sequence[str]) -> list[str]:
    """What somebody could not read or reach on these pages; leaves the page light and as wide as it was."""
    found: list[str] = []
    before = page.viewport_size
    for address in addresses:
        await page.goto(address)
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme="light" if scheme == "light" else "dark", reduced_motion="reduce")
            results = await Axe().run(page)
            found += [
                f"{address} {scheme}: {one['id']} {one['nodes'][0]['target']}"
                for one in results.response["violations"]
                if one["impact"] in SERIOUS
            ]
        await page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a mapping of two numbers
        if await page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"{address}: wider than a phone")
        if before is not None:
            await page.set_viewport_size(before)
    await page.emulate_media(color_scheme="light")
    return found
