"""Logs for people and machines, without secrets."""

import json
import logging

import pytest
import structlog
from telegram.error import TelegramError
from telegram.request import BaseRequest

from app.logs import HIDDEN, configure, redact

TOKEN = "123456789:AAEpretendpretendpretendpretendpretend"
SECRETS = {
    "a bot's token in an address": f"https://api.telegram.org/bot{TOKEN}/getMe",
    "a Stripe key": "No such key: sk_test_pretend51H",
    "a restricted key": "rk_live_pretend51H",
    "a signing secret": "whsec_pretend51H",
    "a password in an address": "postgresql://user:whsec-no-but-secret@host/name",
}


@pytest.mark.parametrize("text", SECRETS.values(), ids=SECRETS)
def test_what_looks_like_a_secret_is_hidden(text: str) -> None:
    shown = redact(text)

    assert HIDDEN in shown
    assert "pretend" not in shown
    assert "secret" not in shown


def test_ordinary_text_is_left_alone() -> None:
    plain = "Order 1042 at 12:30, https://shop.example:8080/orders, tea@shop.example"

    assert redact(plain) == plain


@pytest.mark.parametrize("style", ["console", "json"])
def test_no_style_of_log_shows_a_secret(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    configure("info", "json" if style == "json" else "console")
    log = structlog.get_logger("shop")

    log.info("asked", url=SECRETS["a bot's token in an address"], headers={"Authorization": "Bearer pretend"})
    logging.getLogger("library").warning("failed: %s", SECRETS["a Stripe key"])  # noqa: TID251 (as a library does it)
    try:
        float(SECRETS["a signing secret"])
    except ValueError:
        log.exception("crashed", password="pretend")

    written = capsys.readouterr().err
    assert all(event in written for event in ("asked", "failed", "crashed"))
    assert "pretend" not in written


def test_machines_get_one_json_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure("info", "json")

    structlog.get_logger("shop").info("order-placed", order_id=7)
    structlog.get_logger("shop").debug("unheard")

    (line,) = capsys.readouterr().err.splitlines()
    event = json.loads(line)
    assert (event["event"], event["order_id"], event["level"], event["logger"]) == ("order-placed", 7, "info", "shop")


def test_an_answer_that_is_no_json_is_told_by_the_call_alone(capsys: pytest.CaptureFixture[str]) -> None:
    configure("info", "json")

    with pytest.raises(TelegramError):
        BaseRequest.parse_json_payload(b"<!DOCTYPE html>")

    assert capsys.readouterr().err == ""


def test_clients_whose_addresses_hold_the_token_stay_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    configure("debug", "json")

    logging.getLogger("httpx").info("HTTP Request: POST %s", "address")  # noqa: TID251 (as httpx does it)

    assert capsys.readouterr().err == ""
