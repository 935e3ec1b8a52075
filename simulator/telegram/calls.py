"""The log of Bot API calls, for tests and for whoever wonders what the bot did."""

from dataclasses import dataclass

from simulator.telegram.wire import JsonObject


@dataclass(slots=True)
class CallRecord:
    """One call and how it ended; `unknown` names parameters that Telegram does not know and would ignore."""

    bot: int
    method: str
    parameters: JsonObject
    at: float
    status: int = 0
    description: str = ""
    unknown: tuple[str, ...] = ()

    def to_json(self) -> JsonObject:
        """The call as the control API shows it; the token is never part of it."""
        return {
            "bot": self.bot,
            "method": self.method,
            "parameters": self.parameters,
            "at": self.at,
            "status": self.status,
            "description": self.description,
            "unknown": list(self.unknown),
        }
