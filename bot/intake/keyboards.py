"""What a message in the chat is about, read from the keys that Telegram repeats with a tap on one of them."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from bot.screens.parts.registry import registry
from bot.sending.button import Button


def order_of(markup: Mapping[str, Any] | None) -> int | None:
    """The order that every key about an order names; None when there is no such key, or when there are several orders.

    The keys are those of the message as it stands, so nothing needs to be looked up for the many taps elsewhere.
    """
    found = set()
    for row in (markup or {}).get("inline_keyboard", ()):
        for key in row:
            data = str(key.get("callback_data", ""))
            if data.partition(":")[0] in _prefixes() and (pressed := registry.unpack(data)) is not None:
                opened = pressed.opens()
                found.add(getattr(opened, "order_id", None))
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=1)
def _prefixes() -> frozenset[str]:
    return frozenset(kind.prefix for kind in registry.kinds() if kind.opens is not Button.opens)
