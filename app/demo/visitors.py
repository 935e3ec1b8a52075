"""People in front of the pretend Telegram, reached over its control interface as any other program would."""

import asyncio
import base64
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, TypeVar

import httpx

PATIENCE, PAUSE = 20.0, 0.05  # seconds

T = TypeVar("T")


class Stuck(AssertionError):  # noqa: N818  it reads as a claim
    """What should have been on show is not; the message says what is."""


class Visitor:
    """One person: says, taps, pays, and looks at the chat; waits up to `patience` seconds for what is not there yet."""

    def __init__(self, client: httpx.AsyncClient, name: str, patience: float = PATIENCE) -> None:
        self._client = client
        self._patience = patience
        self.name = name

    async def says(self, text: str, *, reply_to: int = 0) -> None:
        """Write a message or a command, and wait until the shop is quiet."""
        await self._answered(await self._do("send", text=text, reply_to=reply_to))

    async def shows_photo(self, content: bytes, caption: str) -> None:
        """Send a picture with a caption."""
        await self._answered(await self._do("send", photo=base64.b64encode(content).decode(), caption=caption))

    async def taps(self, label: str, *, message_id: int = 0) -> dict[str, Any]:
        """Tap the button with (a part of) this label on the newest keyboard, or on the message named."""
        return await self.until(lambda: self._do("tap", label=label, message_id=message_id))

    async def pays(self, **how: object) -> dict[str, Any]:
        """Fill in the form of the newest invoice that is not paid yet, and pay; how it ended."""

        async def due() -> dict[str, Any]:
            invoices = [message for message in await self.messages() if message.get("invoice")]
            if not invoices or invoices[-1]["invoice"]["paid"]:
                raise Stuck(f"{self.name} has nothing to pay")
            return invoices[-1]

        await self.until(due)
        return await self._do("pay", **how)

    async def messages(self) -> list[dict[str, Any]]:
        """The chat as it stands now, oldest message first."""
        answer = await self._client.get(f"/control/chats/{self.name}")
        answer.raise_for_status()
        found: list[dict[str, Any]] = answer.json()["messages"]
        return found

    async def toast(self) -> str:
        """What was shown over the screen last."""
        toasts = (await self._client.get(f"/control/chats/{self.name}")).json()["toasts"]
        return str(toasts[-1]["text"]) if toasts else ""

    async def screen(self) -> dict[str, Any]:
        """The newest message of the shop that has buttons. Raises Stuck."""
        shown = [message for message in await self.messages() if message["from_bot"] and message["keyboard"]]
        if not shown:
            raise Stuck(f"{self.name} sees no buttons")
        return shown[-1]

    async def sees(self, *words: str) -> dict[str, Any]:
        """The newest screen, once it shows all these words in its text or on its buttons. Raises Stuck."""

        async def look() -> dict[str, Any]:
            screen = await self.screen()
            shown = "\n".join((words_of(screen), *labels_of(screen)))
            missing = [word for word in words if word not in shown]
            if missing:
                raise Stuck(f"{self.name} does not see {missing[0]!r}, but:\n{shown}")
            return screen

        return await self.until(look)

    async def until(self, look: Callable[[], Awaitable[T]]) -> T:
        """What `look` finds, asked again while it is Stuck. Raises the last Stuck."""
        deadline = asyncio.get_running_loop().time() + self._patience
        while True:
            try:
                return await look()
            except Stuck:
                # another process has no event to wait for
                if asyncio.get_running_loop().time() > deadline:
                    raise
                await asyncio.sleep(PAUSE)

    async def finds(self, words: str, *, seconds: int = 10) -> dict[str, Any]:
        """The newest message that shows these words, waiting for it if it is not there yet. Raises Stuck."""
        answer = await self._client.post(
            "/control/wait", json={"person": self.name, "text": words, "timeout": seconds}, timeout=seconds + 5
        )
        if answer.is_error:
            raise Stuck(f"{self.name} never saw {words!r}.\n{answer.json().get('error', '')}")
        shown: list[dict[str, Any]] = answer.json()["messages"]
        return next(message for message in reversed(shown) if words in words_of(message))

    async def _answered(self, said: dict[str, Any]) -> None:
        """Wait until the shop has said something after this message. Raises Stuck."""

        async def answer() -> None:
            if not any(one["from_bot"] and one["id"] > said["id"] for one in await self.messages()):
                raise Stuck(f"{self.name} said {words_of(said)!r} and got no answer")

        await self.until(answer)

    async def _do(self, what: str, **body: object) -> dict[str, Any]:
        answer = await self._client.post(f"/control/{what}", json={"person": self.name, **body}, timeout=30)
        if answer.is_error:
            raise Stuck(str(answer.json().get("error", answer.text)))
        await self._client.post("/control/idle", json={"timeout": 10}, timeout=15)
        result: dict[str, Any] = answer.json()
        return result


def words_of(message: dict[str, Any]) -> str:
    """The text, the caption, or the title of the invoice."""
    invoice = message.get("invoice") or {}
    return str(message.get("text") or message.get("caption") or invoice.get("title") or "")


def labels_of(message: dict[str, Any]) -> Iterator[str]:
    """The labels of the message's buttons, row by row."""
    return (str(button["text"]) for row in message["keyboard"] for button in row)
