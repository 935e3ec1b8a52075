"""Updates as other servers than Telegram's own write them."""

from typing import Any

from bot.intake.reading import Tap, is_money, read
from tests.bot.intake.test_polling import ANN, CHAT

NULLS = dict.fromkeys(("photo", "reply_markup", "successful_payment", "refunded_payment"))


def test_what_is_null_is_not_there() -> None:
    message: dict[str, Any] = {"message_id": 5, "date": 0, "from": ANN, "chat": CHAT, "text": "Hello", **NULLS}
    tapped = {"update_id": 1, "callback_query": {"id": "1", "from": ANN, "data": "h", "message": message}}

    incoming = read(tapped)

    assert incoming is not None
    assert isinstance(incoming.what, Tap)
    assert incoming.what.shown is not None
    assert incoming.what.shown.kind == "text"
    assert not is_money({"update_id": 2, "message": message})
