"""Takes a picture of every screen in every language: `make pictures ARGS=--gallery`, into build/gallery.

Nothing is named here: every command is said, and every kind of button that shows up is tapped once, by a customer, by a
seller and by the operator, each on a phone. A shop of its own for each language, because taps change it.
"""

import json
from html import escape
from pathlib import Path
from typing import Any

import httpx
from playwright.async_api import Browser, Page, ViewportSize

from bot.screens.routes import join
from bot.words import languages, words_for

HERE = Path("build/gallery")
PHONE: ViewportSize = {"width": 390, "height": 1600}  # high, so that a long screen is seen whole
CAST = {"Ann": 1001, "Olga": 1003, "Oscar": 1005}
ALSO = ("tea", "/search zzz", "/buy", "/keys MUG")  # what people write besides commands
FIRST = "/language"
MOST = 400  # pictures a person and language


class Walk:
    """One person's way through all screens."""

    def __init__(self, page: Page, client: httpx.AsyncClient, name: str, folder: Path) -> None:
        self._page, self._client, self._name, self._folder = page, client, name, folder
        self._tapped: set[str] = set()
        self._taken: list[tuple[str, str]] = []

    async def goes(self, language: str) -> list[tuple[str, str]]:
        """Everything that can be seen; (how it was reached, file)."""
        await self._says(FIRST)
        own = words_for(language).name_of(language)
        await self._act("tap", label=own)
        for text in ("/start", *(f"/{command}" for command in join().commands if f"/{command}" != FIRST), *ALSO):
            await self._says(text)
            await self._look(text.replace("/", "").replace(" ", "_"))
            await self._taps_all()
        return self._taken

    async def _taps_all(self) -> None:
        while len(self._taken) < MOST and (found := await self._fresh()) is not None:
            data, message_id = found
            kind = data.partition(":")[0]
            self._tapped.add(kind)
            await self._act("tap", data=data, message_id=message_id)
            await self._look(kind)

    async def _fresh(self) -> tuple[str, int] | None:
        for message in reversed(await self._messages()):
            for row in message["keyboard"]:
                for key in row:
                    data = str(key.get("callback_data") or "")
                    if data and data.partition(":")[0] not in self._tapped:
                        return data, int(message["id"])
        return None

    async def _says(self, text: str) -> None:
        await self._act("send", text=text)

    async def _act(self, act: str, **what: object) -> None:
        await self._client.post(f"/control/{act}", json={"person": self._name, **what})
        await self._client.post("/control/idle", json={"timeout": 10})

    async def _messages(self) -> list[dict[str, Any]]:
        chat = (await self._client.get(f"/control/chats/{self._name}")).json()
        return [message for message in chat["messages"] if message["from_bot"]][-6:]

    async def _look(self, how: str) -> None:
        messages = await self._messages()
        if not messages:
            return
        file = self._folder / f"{self._name}-{len(self._taken):03}-{how[:30]}.jpg"
        await self._page.wait_for_timeout(120)
        shown = self._page.locator(f'article.message[data-id="{messages[-1]["id"]}"]').last
        if await shown.count():
            await shown.screenshot(path=file, type="jpeg", quality=80, timeout=5_000)
            self._taken.append((f"{self._name}: {how}", file.name))


async def take(browser: Browser, address: str, language: str) -> int:
    """All screens in one language; how many there were."""
    folder = HERE / language
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    taken: list[tuple[str, str]] = []
    async with httpx.AsyncClient(base_url=address, timeout=30) as client:
        for name, number in CAST.items():
            page = await browser.new_page(viewport=PHONE)
            await page.goto(f"{address}/?people={number}")
            taken += await Walk(page, client, name, folder).goes(language)
            await page.close()
    (folder / "taken.json").write_text(json.dumps(taken), encoding="utf-8")
    _write_page()
    return len(taken)


def _write_page() -> None:
    """A page on which the languages stand beside each other."""
    shown = [language for language in languages() if (HERE / language / "taken.json").is_file()]
    columns = []
    for language in shown:
        taken = json.loads((HERE / language / "taken.json").read_text(encoding="utf-8"))
        pictures = "".join(
            f'<p>{escape(how)}<br><img src="{language}/{escape(file)}" loading="lazy"></p>' for how, file in taken
        )
        columns.append(f"<section><h1>{language}</h1>{pictures}</section>")
    style = "body{display:flex;gap:1em;font:12px sans-serif}img{width:390px}section{flex:none}"
    (HERE / "index.html").write_text(
        f"<!doctype html><meta charset=utf-8><title>Every screen</title><style>{style}</style>{''.join(columns)}",
        encoding="utf-8",
    )
