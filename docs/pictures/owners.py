"""The owner's day in pictures: every line of docs/owners.md, taken of the running demo."""

import asyncio
import base64
import csv
from io import StringIO

import httpx
from playwright.async_api import Browser

from docs.pictures.camera import Camera, keep_small, phone_of

TEAM, CHANNEL = "-1001000000001", "-1001000000002"  # the demo's staff group and channel, in the order they are founded

# A picture's name, and what is written (it begins with /) and tapped before it is taken.
Scenes = tuple[tuple[str, tuple[str, ...]], ...]
OLGA: Scenes = (
    ("owner-today", ("/today",)),
    ("owner-orders", ("/orders",)),
    ("owner-order", ("Lena",)),
    ("owner-promo", ("/promo", "TEA10")),
    ("owner-codes", ("/promo uses TEA10",)),
    ("owner-broadcast", ("/broadcast", "The first harvest")),
    ("owner-customer", ("/customer @mira",)),
    ("owner-reviews", ("/reviews",)),
    ("owner-categories", ("/categories",)),
    ("owner-product", ("/products", "Glass teapot · 7")),
    ("owner-keys", ("/products", "Tea tasting", "Keys")),
    ("owner-staff", ("/staff", "Nina")),
    ("owner-log", ("/log",)),
    ("owner-export", ("/export",)),
)
OSCAR: Scenes = (("owner-settings", ("/settings",)),)
UP = 330  # pixels from the keys of the figures to their chart
ROWS = (
    ("sku", "name", "price", "stock", "category"),
    ("CUP-1", "Tea cup, thin", "14.00", "12", "Kitchen"),
    ("CUP-2", "Tea cup, thick", "fourteen", "12", "Kitchen"),
    ("TRAY-1", "Tray of oak", "39.00", "4", "Kitchen"),
)


class Day:
    """What is played for the pictures."""

    def __init__(self, browser: Browser, address: str, client: httpx.AsyncClient) -> None:
        self.browser, self.address, self.client = browser, address, client

    async def phone(self, who: str, place: str = "") -> Camera:
        """Somebody's chat as it stands."""
        return await phone_of(self.browser, self.address, who, place=place, start=False)

    async def go(self, camera: Camera, who: str, *steps: str) -> None:
        """Write and tap, and wait each time until the shop is quiet."""
        for step in steps:
            if step.startswith("/"):
                await camera.say(who, step)
            else:
                await camera.tap(step)
            await self.quiet()

    async def quiet(self) -> None:
        """Until everything was answered."""
        await self.post("/control/idle", timeout=15)

    async def post(self, path: str, **body: object) -> None:
        """Something that no key of the page does."""
        (await self.client.post(path, json=body, timeout=20)).raise_for_status()


async def take(browser: Browser, address: str) -> None:
    """Every picture of the page."""
    async with httpx.AsyncClient(base_url=address) as client:
        day = Day(browser, address, client)
        olga = await day.phone("Olga")
        await _buying(day)
        for scenes, who in ((OLGA, "Olga"), (OSCAR, "Oscar")):
            camera = olga if who == "Olga" else await day.phone(who)
            for name, steps in scenes:
                await day.go(camera, who, *steps)
                await camera.shoot_small(name)
        await _figures(day, olga)
        await _list(day, olga)
        await _packing(day, olga)
        await day.go(olga, "Olga", "/post", "Stoneware mug", "Show in Tea news")
        group = await day.phone("Olga", TEAM)
        await group.page.get_by_role("button", name="Orders", exact=True).first.click()  # the topic
        await group.shoot_small("owner-group")
        await (await day.phone("Olga", CHANNEL)).shoot_small("owner-channel")


async def _buying(day: Day) -> None:
    """Ann buys a tea of Olga's, which the staff group hears; and she looks at the photos of a review."""
    ann = await day.phone("Ann")
    await day.go(ann, "Ann", "Start")
    await ann.say("Ann", "mug")
    await day.go(ann, "Ann", "Stoneware mug", "reviews", "photos by Mira")
    await ann.shoot_small("owner-review-photos")
    await ann.say("Ann", "sencha")
    await day.go(ann, "Ann", "Sencha", "Add to cart", "Cart", "Check out", "here in the chat")
    await ann.tap("Pay €", "Continue", "Pay €", "Done")
    await day.quiet()


async def _figures(day: Day, olga: Camera) -> None:
    """The chart on both grounds."""
    for name, steps in (("owner-sales", ("/sales month",)), ("owner-sales-dark", ("🌙 Dark",))):
        await day.go(olga, "Olga", *steps)
        await olga.wait_for("after refunds")
        await olga.page.mouse.move(195, 300)
        await olga.page.mouse.wheel(0, -UP)
        await olga.shoot_small(name)


async def _list(day: Day, olga: Camera) -> None:
    """A list of products as a file, and what it would do."""
    out = StringIO()
    csv.writer(out).writerows(ROWS)
    content = base64.b64encode(out.getvalue().encode()).decode()
    await day.post("/control/send", person="Olga", document=content, name="list.csv")
    await day.quiet()
    await olga.shoot_small("owner-import")


async def _packing(day: Day, olga: Camera) -> None:
    """The first page of the packing lists, as paper."""
    await day.go(olga, "Olga", "/packing")
    await olga.wait_for("packing-")
    messages = (await day.client.get("/control/chats/Olga")).json()["messages"]
    sent = [document["url"] for message in messages if (document := message.get("document"))]
    paper = (await day.client.get(sent[-1])).content
    process = await asyncio.create_subprocess_exec(
        *("pdftoppm", "-png", "-r", "70", "-f", "1", "-l", "1", "-W", "580", "-H", "420", "-"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    picture, _ = await process.communicate(paper)
    keep_small(picture, "owner-packing")
