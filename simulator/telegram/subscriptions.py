"""What a person pays every month: how it stands, and when it is due."""

from dataclasses import dataclass

from simulator.telegram.wire import JsonObject

PERIOD = 2_592_000  # seconds; the only one that there is


@dataclass(slots=True)
class Subscription:
    """Paid until `until`; it goes on by itself unless its person, or the bot (`by_bot`), cancelled it.

    `charge_id` is the first charge, by which the bot names it. What the bot cancelled, only the bot lets go on; its
    person then still has to say so. `over` is the end: nobody cancelled in vain, or their Stars were not enough.
    """

    charge_id: str
    person: int
    slug: str
    title: str
    payload: str
    amount: int
    until: float
    canceled: bool = False
    by_bot: bool = False
    over: bool = False

    def runs(self, now: float) -> bool:
        """Whether what was paid for is not over."""
        return not self.over and self.until > now

    def to_json(self) -> JsonObject:
        """As a phone shows it under "My Stars"."""
        return {
            "charge": self.charge_id,
            "title": self.title,
            "amount": self.amount,
            "until": int(self.until),
            "canceled": self.canceled,
            "by_bot": self.by_bot,
            "over": self.over,
        }
