"""Every button fits into what Telegram allows, comes back as it went, and is served by somebody."""

from enum import StrEnum
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.screens.buying.catalogue.buttons import QUERY_BYTES
from bot.screens.buying.orders.buttons import OpenOrder
from bot.screens.parts.registry import registry
from bot.screens.routes import join
from bot.screens.selling.orders.buttons import OpenSale
from bot.sending.button import LIMIT, Button

LARGEST_ID = 10**12
ROUTER = join()


def _largest(kind: Any, name: str) -> object:
    options = [option for option in get_args(kind) if option is not type(None)]
    kind = options[0] if options else kind
    if kind is bool:
        return True
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return max(kind, key=lambda member: len(member.value))
    if kind is int:
        return 99 if name in {"quantity", "page", "rating", "way"} else LARGEST_ID
    return "x" * QUERY_BYTES if name == "query" else "x" * 8


@pytest.mark.parametrize("kind", registry.kinds())
def test_a_button_fits_with_its_largest_values_and_comes_back(kind: type[Button]) -> None:
    hints = get_type_hints(kind)
    pressed = kind(**{name: _largest(hints[name], name) for name in kind.__struct_fields__})

    assert len(pressed.pack().encode()) <= LIMIT
    assert registry.unpack(pressed.pack()) == pressed


@pytest.mark.parametrize("kind", registry.kinds())
def test_a_button_is_served(kind: type[Button]) -> None:
    assert kind in ROUTER.buttons


@given(st.text(max_size=70))
def test_no_callback_data_breaks_the_reading(data: str) -> None:
    pressed = registry.unpack(data)

    assert pressed is None or registry.unpack(pressed.pack()) == pressed


@pytest.mark.parametrize("data", ["sr:a\0b::", "sr:a\nb::", f"sr:{'a' * LIMIT}::", f"sr:{'ж' * (LIMIT // 2)}::"])
def test_what_telegram_would_not_deliver_is_no_button(data: str) -> None:
    assert registry.unpack("sr:a::") is not None
    assert registry.unpack(data) is None


def test_a_keyboard_from_before_a_button_learnt_more_still_works() -> None:
    assert registry.unpack("sv:b") == OpenSale(11)
    assert registry.unpack("oo:b:1") == OpenOrder(11, card=True)
    assert registry.unpack("ss") is None  # which order is never left out
    assert registry.unpack("sv:b:paid") is None
    assert registry.unpack("sv:b:shipped:c:d:e") is None
