"""One customer as a small state machine: looks at the keyboard on show and decides what to tap next."""

import itertools
import random
import time
from dataclasses import dataclass, field
from typing import Any

UPDATES = itertools.count(1)
BROWSE = ("Catalogue", "*category", "*product", "Back", "Back", "Home")
BUY = ("Catalogue", "*category", "*product", "Add to cart", "in the cart", "Check out", "*pay")
SORTS = {"category": "c:", "product": "p:", "pay": "py:"}  # a button is told by how its data begins


@dataclass
class Customer:
    """Plays visits; `next_update` turns what is on show into the next update, as Telegram would send it.

    Times are seconds of `time.perf_counter`. A move is a label, or `*category`, `*product` and `*pay`: any button of
    that sort on show, told from the others by the data that the shop packed into it.
    """

    id: int
    walk: tuple[str, ...]
    rng: random.Random
    step: int = 0
    message_id: int = 0
    keyboard: list[list[dict[str, Any]]] = field(default_factory=list)
    tapped_at: float = 0.0
    waiting: bool = False
    latencies: list[float] = field(default_factory=list)
    screens: dict[str, int] = field(default_factory=dict)
    lost: int = 0
    paid: int = 0

    def person(self) -> dict[str, Any]:
        """The Telegram user."""
        return {"id": self.id, "is_bot": False, "first_name": f"Customer {self.id}", "language_code": "en"}

    def chat(self) -> dict[str, Any]:
        """The private chat."""
        return {"id": self.id, "type": "private", "first_name": f"Customer {self.id}"}

    def start(self) -> dict[str, Any]:
        """The update of a person who types /start."""
        self.step, self.waiting, self.tapped_at = 0, True, time.perf_counter()
        message = {
            "message_id": next(UPDATES),
            "from": self.person(),
            "chat": self.chat(),
            "date": int(time.time()),
            "text": "/start",
            "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
        }
        return {"update_id": next(UPDATES), "message": message}

    def saw(self, message_id: int, keyboard: list[list[dict[str, Any]]] | None) -> None:
        """The bot showed a screen: note what can be tapped and how long it took."""
        self.message_id = message_id
        self.keyboard = keyboard or []
        if self.waiting:
            self.latencies.append(time.perf_counter() - self.tapped_at)
            self.waiting = False

    def next_update(self) -> dict[str, Any]:
        """The next tap, or /start again when the walk is over or the expected button is missing."""
        if self.step >= len(self.walk):
            return self.start()
        move = self.walk[self.step]
        data = self._find(move)
        if data is None:
            self.lost += 1
            return self.start()
        self.step += 1
        self.waiting, self.tapped_at = True, time.perf_counter()
        message = {"message_id": self.message_id, "chat": self.chat(), "date": int(time.time()), "text": "screen"}
        query = {
            "id": str(next(UPDATES)),
            "from": self.person(),
            "chat_instance": str(self.id),
            "message": message,
            "data": data,
        }
        return {"update_id": next(UPDATES), "callback_query": query}

    def _find(self, move: str) -> str | None:
        buttons = [key for row in self.keyboard for key in row if "callback_data" in key]
        if move.startswith("*"):
            found = [key for key in buttons if _is(key, move[1:])]
            return self.rng.choice(found)["callback_data"] if found else None
        return next((key["callback_data"] for key in buttons if move.lower() in key["text"].lower()), None)


def _is(key: dict[str, Any], sort: str) -> bool:
    """Whether the button leads to something of this sort, and not back or to another page."""
    leads = str(key["callback_data"]).startswith(SORTS[sort])
    return leads and len(key["text"]) > 3 and not any(label in key["text"] for label in ("Back", "Home"))
