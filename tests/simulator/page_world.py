"""A small bot in a pretend Telegram, and a browser that looks at its chats."""

import asyncio
import io
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from PIL import Image
from playwright.async_api import Browser, Page, async_playwright, expect
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, LabeledPrice, ShippingOption, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    PreCheckoutQueryHandler,
    ShippingQueryHandler,
    filters,
)

from simulator.server import Simulator

TOKEN = "7:PRETEND"
ARGUMENTS = [
    # a frame of another site has a process of its own, and may be given a click on what has just come to lie over it
    "--disable-site-isolation-trials",
    *("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
Context = ContextTypes.DEFAULT_TYPE
expect.set_options(timeout=20_000)  # a busy machine is no reason to fail


def find_chromium() -> str:
    """The system's Chromium; skips the test with a reason when there is none."""
    named = [os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    for name in named:
        if name and (path := shutil.which(name)):
            return path
    pytest.skip("no Chromium on this machine: install Debian's chromium, or name one in CHROMIUM")


def picture(colour: str) -> bytes:
    """A plain JPEG."""
    content = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(content, "JPEG")
    return content.getvalue()


def keyboard(*rows: dict[str, str]) -> InlineKeyboardMarkup:
    """Rows of callback buttons: label to data; a `https:` value makes a link."""
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(text, url=value)
                if value.startswith("https:")
                else InlineKeyboardButton(text, callback_data=value)
                for text, value in row.items()
            ]
            for row in rows
        ]
    )


@dataclass
class TeaBot:
    """Does one thing of each kind that the page has to show."""

    slow: asyncio.Event = field(default_factory=asyncio.Event)
    objection: str = ""
    received: list[str] = field(default_factory=list)

    async def start(self, update: Update, context: Context) -> None:
        assert update.effective_chat is not None
        given = f" ({context.args[0]})" if context.args else ""
        menu = keyboard(
            {"Show": "show", "Slow": "slow"},
            {"Toast": "toast", "Alert": "alert"},
            {"Away": "delete", "Back later": f"https://t.me/{context.bot.username}?start=later"},
        )
        text = f"Welcome to the <b>tea</b> house{given} &lt;script&gt;alert(1)&lt;/script&gt;"
        await update.effective_chat.send_message(text, parse_mode="HTML", reply_markup=menu)

    async def tapped(self, update: Update, context: Context) -> None:
        query = update.callback_query
        assert query is not None
        assert update.effective_chat is not None
        match query.data:
            case "show":
                await query.answer()
                await update.effective_chat.send_photo(
                    picture("teal"), caption="Sencha, 12.50", reply_markup=keyboard({"Edit": "edit"})
                )
            case "edit":
                await query.answer()
                media = InputMediaPhoto(picture("maroon"), caption="Rooibos, 7.00")
                await query.edit_message_media(media, reply_markup=keyboard({"Edited": "edit"}))
            case "slow":
                await self.slow.wait()
                await query.answer()
            case "toast":
                await query.answer("Added to the cart")
            case "alert":
                await query.answer("Order 17 is late", show_alert=True)
            case "delete":
                await query.answer()
                await query.delete_message()

    async def invoice(self, update: Update, context: Context) -> None:
        assert update.effective_chat is not None
        await context.bot.send_invoice(
            update.effective_chat.id,
            "Order 17",
            "Two teas",
            "order:17",
            "EUR",
            [LabeledPrice("Teas", 2500)],
            provider_token="1:TEST:pretend",
            start_parameter="o17",
            need_shipping_address=True,
            is_flexible=True,
            max_tip_amount=500,
            suggested_tip_amounts=[100, 200],
        )

    async def stars(self, update: Update, context: Context) -> None:
        assert update.effective_chat is not None
        prices = [LabeledPrice("Guide", 250)]
        await context.bot.send_invoice(
            update.effective_chat.id, "Guide", "A PDF", "g", "XTR", prices, start_parameter="g"
        )

    async def ship(self, update: Update, context: Context) -> None:
        query = update.shipping_query
        assert query is not None
        if query.shipping_address.country_code != "DE":
            await query.answer(ok=False, error_message="We send to Germany only")
            return
        options = [
            ShippingOption("s", "Standard", [LabeledPrice("Shipping", 490)]),
            ShippingOption("x", "Express", [LabeledPrice("Express", 990)]),
        ]
        await query.answer(ok=True, shipping_options=options)

    async def check(self, update: Update, context: Context) -> None:
        query = update.pre_checkout_query
        assert query is not None
        await query.answer(ok=not self.objection, error_message=self.objection or None)

    async def listen(self, update: Update, context: Context) -> None:
        message = update.message
        assert message is not None
        kind = "photo" if message.photo else "document" if message.document else "text"
        replied = message.reply_to_message.message_id if message.reply_to_message else 0
        self.received.append(f"{kind}: {message.text or message.caption or ''} ({replied})")

    def build(self, simulator: Simulator) -> "Application":  # type: ignore[type-arg]  # six types that nobody looks at
        app = (
            Application.builder()
            .token(TOKEN)
            .base_url(simulator.bot_api_url)
            .base_file_url(simulator.file_api_url)
            .concurrent_updates(True)
            .build()
        )
        for name, act in (("start", self.start), ("invoice", self.invoice), ("stars", self.stars)):
            app.add_handler(CommandHandler(name, act))
        app.add_handler(CallbackQueryHandler(self.tapped))
        app.add_handler(ShippingQueryHandler(self.ship))
        app.add_handler(PreCheckoutQueryHandler(self.check))
        app.add_handler(MessageHandler(filters.ALL, self.listen))
        return app


@dataclass
class Look:
    """What a test holds."""

    simulator: Simulator
    bot: TeaBot
    browser: Browser
    problems: list[str] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)

    async def open(self, path: str = "/", width: int = 1280) -> Page:
        """A page that remembers every error of its scripts."""
        page = await self.browser.new_page(viewport={"width": width, "height": 800})
        self.pages.append(page)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", lambda said: self.problems.append(said.text) if said.type == "error" else None)
        await page.goto(self.simulator.url + path)
        return page

    async def begin(self, width: int = 1280) -> Page:
        """Ann's chat, started."""
        page = await self.open(width=width)
        await page.get_by_role("button", name="Start", exact=True).click()
        await expect(page.get_by_role("log")).to_contain_text("Welcome to the tea house")
        return page

    async def write(self, page: Page, text: str) -> None:
        """Type as Ann and press Enter."""
        await page.get_by_label("Message as Ann").fill(text)
        await page.get_by_label("Message as Ann").press("Enter")


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    """A browser; one serves many tests."""
    chromium = find_chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def looking(browser: Browser) -> AsyncIterator[Look]:
    """A simulator with the bot, to look at; fails when a script on a page failed."""
    bot = TeaBot()
    async with Simulator() as simulator:
        known = simulator.world.bot(TOKEN)
        known.username, known.first_name = "teahouse_bot", "Tea House"
        app = bot.build(simulator)
        async with app:
            await app.bot.set_my_commands([("start", "Home"), ("orders", "Your orders")])
            await app.bot.set_my_description("Browse teas and pay in this chat.")
            assert app.updater is not None
            await app.updater.start_polling(allowed_updates=Update.ALL_TYPES)
            await app.start()
            look = Look(simulator, bot, browser)
            try:
                yield look
            finally:
                bot.slow.set()
                for page in look.pages:
                    await page.close()
                await app.updater.stop()
                await app.stop()
    assert look.problems == []
