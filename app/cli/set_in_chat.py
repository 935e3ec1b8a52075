"""What was set in the chat, for those who look at the configuration: which value holds, and why."""

import json
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from app.config import Config
    from db.session import Database

LONGEST = 60  # letters of a value on one line


class InChat(Struct, frozen=True):
    """A line for each row that holds, and one for each that does not."""

    holding: tuple[str, ...]
    refused: tuple[str, ...]


async def look(config: "Config", database: "Database") -> InChat:
    """Read the rows over this configuration."""
    from app.settings import Settings
    from shop.settings.known import ALL
    from shop.settings.states import Origin

    settings = Settings(config, database)
    await settings.load()
    holding = []
    for one in ALL:
        state = settings.state(one.key)
        if state.origin is Origin.CHAT:
            below = "the default" if state.below_from is Origin.DEFAULT else "the configuration"
            holding.append(f"{one.key} = {_short(state.value)}, set in the chat; {below} says {_short(state.below)}")
    refused = (
        f"{one.key}, set in the chat, {one.said}. {_instead(settings.state(one.key).value)}"
        if one.key in {known.key for known in ALL}
        else f"{one.key}, set in the chat, {one.said}"
        for one in settings.refused
    )
    return InChat(tuple(holding), tuple(refused))


def _instead(value: object) -> str:
    return f"Until then {_short(value)} holds"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
