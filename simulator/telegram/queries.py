"""Questions to a bot that wait for one answer: taps, shipping addresses, payments about to happen."""

import asyncio
from dataclasses import dataclass, field

from simulator.telegram.wire import JsonObject

LIFETIME = 150


@dataclass(slots=True)
class OpenQuery:
    """A callback, shipping or pre-checkout query; `answer` is set once, by the bot's answer or by time.

    `wanted` is false when the bot did not ask for such updates and so cannot answer.
    """

    id: str
    kind: str
    person: int
    asked_at: float
    data: str
    deadline: float
    message_id: int = 0
    chat: int = 0  # the group it was asked in
    wanted: bool = True
    answered: bool = False
    answer: asyncio.Future[JsonObject] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    def close(self, answer: JsonObject) -> None:
        """Record the one answer and wake whoever waits for it."""
        self.answered = True
        if not self.answer.done():
            self.answer.set_result(answer)
