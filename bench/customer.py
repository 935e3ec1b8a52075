"""One customer as a small state machine: looks at the keyboard on show and decides what to tap next."""

import itertools
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Raw = dict[str, Any]
Walk = tuple[str, ...]

TOKEN = "900001:bench-token-that-is-obviously-not-real"
UPDATES = itertools.count(1)
BROWSE: Walk = ("Catalogue", "*category", "*product", "Back", "Back", "Home")
BUY: Walk = ("Catalogue", "*category", "*product", "Add to cart", "in the cart", "Check out", "*pay")
VISITS: tuple[Walk, ...] = (*[BROWSE] * 19, BUY)  # one visit in twenty buys, twice what shops on the web are used to
BUYING: tuple[Walk, ...] = (BUY,)
SORTS = {"category": "c:", "product": "p:", "pay": "pl:telegram:"}  # a button is told by how its data begins
PAY = "*pay"
PATIENCE = 15.0  # seconds
ADDRESS = {
    "country_code": "DE",
    "state": "",
    "city": "Berlin",
    "street_line1": "Lindenweg 1",
    "street_line2": "",
    "post_code": "10115",
}


@dataclass
class Customer:
    """Plays visits; `next_update` turns what is on show into the next update, as Telegram would send it.

    Times are seconds of `time.perf_counter`. A move is a label, or `*category`, `*product` and `*pay`: any button of
    that sort on show, told from the others by the data that the shop packed into it.
    """

    id: int
    walks: Sequence[Walk]
    rng: random.Random
    visits: int = 0
    walk: Walk = ()
    step: int = 0
    message_id: int = 0
    photo: bool = False
    keyboard: list[list[Raw]] = field(default_factory=list)
    tapped_at: float = 0.0
    waiting: bool = False
    said: bool = False  # what is waited for answers a message, not a tap
    paying: bool = False  # the invoice is asked for, and what is on show meanwhile is not the answer
    latencies: list[float] = field(default_factory=list)
    lost: int = 0
    paid: int = 0

    def person(self) -> Raw:
        """The Telegram user."""
        return {"id": self.id, "is_bot": False, "first_name": f"Customer {self.id}", "language_code": "en"}

    def chat(self) -> Raw:
        """The private chat."""
        return {"id": self.id, "type": "private", "first_name": f"Customer {self.id}"}

    def start(self) -> Raw:
        """The update of a person who comes in and types /start; the first visit ends early, at any step.

        So people do not walk in step, and every window sees every screen.
        """
        self.walk = self.rng.choice(self.walks) if self.walks else ()
        if not self.visits:
            self.walk = self.walk[: self.rng.randint(0, len(self.walk))]
        self.visits += 1
        self.step, self.paying = 0, False
        self._wait()
        entity = {"type": "bot_command", "offset": 0, "length": 6}
        return self.says({"text": "/start", "entities": [entity]})

    def says(self, content: Raw) -> Raw:
        """The update of a message from this person."""
        self.said = True
        message = {"message_id": next(UPDATES), "from": self.person(), "chat": self.chat(), "date": int(time.time())}
        return {"update_id": next(UPDATES), "message": message | content}

    def asks(self, invoice: Raw) -> Raw:
        """The update that asks whether the invoice may be paid."""
        body = {"id": str(next(UPDATES)), "from": self.person(), **invoice}
        body["order_info"] = {"name": f"Customer {self.id}", "shipping_address": ADDRESS}
        return {"update_id": next(UPDATES), "pre_checkout_query": body}

    def pays(self, invoice: Raw, query: str) -> Raw:
        """The update that says that the money was taken; the next screen answers it."""
        self.paying, self.paid = False, self.paid + 1
        self._wait()
        charge = {"telegram_payment_charge_id": f"tg-{query}", "provider_payment_charge_id": f"ch-{query}"}
        info = {"name": f"Customer {self.id}", "shipping_address": ADDRESS}
        return self.says({"successful_payment": {**invoice, **charge, "order_info": info}})

    def saw(
        self,
        message_id: int,
        keyboard: list[list[Raw]] | None,
        *,
        photo: bool,
        invoice: bool = False,
        edited: bool = False,
    ) -> None:
        """The bot showed a screen: note what can be tapped and how long it took.

        What was said is answered by a new message, a tap by a new one or in place. A message that nobody asked for (an
        order's card) is told by that, and by the button that is not on it.
        """
        if not invoice:
            if edited and (self.said or message_id != self.message_id):
                return
            if self.waiting and not self.paying and not self._can_go_on(keyboard or []):
                return
            self.message_id, self.keyboard, self.photo = message_id, keyboard or [], photo
        if self.waiting and self.paying == invoice:
            self.latencies.append(time.perf_counter() - self.tapped_at)
            self.waiting = False

    def next_update(self) -> Raw:
        """The next tap, or /start again when the walk is over."""
        if self.step >= len(self.walk):
            return self.start()
        move = self.walk[self.step]
        data = self._find(move, self.keyboard)
        if data is None:
            return self.start()
        self.step += 1
        self.paying, self.said = move == PAY, False
        self._wait()
        shown: Raw = {"message_id": self.message_id, "chat": self.chat(), "date": int(time.time())}
        shown |= {"photo": [], "caption": "screen"} if self.photo else {"text": "screen"}
        query = {
            "id": str(next(UPDATES)),
            "from": self.person(),
            "chat_instance": str(self.id),
            "message": shown,
            "data": data,
        }
        return {"update_id": next(UPDATES), "callback_query": query}

    def is_lost(self) -> bool:
        """Whether no answer has come for so long that the person begins again; counted."""
        lost = self.waiting and time.perf_counter() - self.tapped_at > PATIENCE
        self.lost += lost
        return lost

    def _wait(self) -> None:
        self.waiting, self.tapped_at = True, time.perf_counter()

    def _can_go_on(self, keyboard: list[list[Raw]]) -> bool:
        return self.step >= len(self.walk) or self._find(self.walk[self.step], keyboard) is not None

    def _find(self, move: str, keyboard: list[list[Raw]]) -> str | None:
        buttons = [key for row in keyboard for key in row if "callback_data" in key]
        if move.startswith("*"):
            found = [key for key in buttons if _is(key, move[1:])]
            return self.rng.choice(found)["callback_data"] if found else None
        return next((key["callback_data"] for key in buttons if move.lower() in key["text"].lower()), None)


def _is(key: Raw, sort: str) -> bool:
    """Whether the button leads to something of this sort, and not back or to another page."""
    leads = str(key["callback_data"]).startswith(SORTS[sort])
    return leads and not any(label in key["text"] for label in ("Back", "Home", "Next", "Previous"))
