"""Who Telegram says opened the page, and every way in which it is not believed."""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.desk.signing.init_data import NotFromTelegram, app_key, read

TOKEN = "4242:pretend-token"
NOW = datetime(2027, 1, 5, 9, tzinfo=UTC)
OLGA = {"id": 1003, "first_name": "Olga", "last_name": "Ö & Söhne", "language_code": "de"}
TEN = timedelta(minutes=10)


def fields(**changes: str | None) -> dict[str, str]:
    """What Telegram says when Olga opens the page now, with some of it changed or left out."""
    user = json.dumps(OLGA, ensure_ascii=False, separators=(",", ":")).replace("/", "\\/")
    likely = {"query_id": "AAE", "user": user, "auth_date": str(int(NOW.timestamp())), "signature": "c2ln"}
    return {name: value for name, value in {**likely, **changes}.items() if value is not None}


def signed(told: dict[str, str], token: str = TOKEN) -> str:
    """The hash, word by word as core.telegram.org/bots/webapps says it."""
    secret_key = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    data_check_string = "\n".join(f"{name}={told[name]}" for name in sorted(told))
    return hmac.new(secret_key, data_check_string.encode(), hashlib.sha256).hexdigest()


def init_data(told: dict[str, str], token: str = TOKEN) -> str:
    return urlencode({**told, "hash": signed(told, token)})


def look(text: str, *, now: datetime = NOW) -> int:
    return read(text, app_key(TOKEN), longest=TEN, now=now)


def test_whom_telegram_names_is_believed() -> None:
    assert look(init_data(fields())) == OLGA["id"]


def test_the_order_of_the_fields_says_nothing() -> None:
    told = fields()
    turned = dict(reversed(told.items()))
    assert look(urlencode({"hash": signed(told), **turned})) == OLGA["id"]


def test_it_is_believed_for_ten_minutes_and_no_longer() -> None:
    assert look(init_data(fields()), now=NOW + TEN) == OLGA["id"]
    with pytest.raises(NotFromTelegram, match="too old"):
        look(init_data(fields()), now=NOW + TEN + timedelta(seconds=1))


def test_a_clock_that_is_a_little_ahead_is_forgiven() -> None:
    assert look(init_data(fields()), now=NOW - timedelta(seconds=59)) == OLGA["id"]
    with pytest.raises(NotFromTelegram, match="of the future"):
        look(init_data(fields()), now=NOW - timedelta(seconds=61))


def test_what_another_bot_was_told_is_not_believed() -> None:
    with pytest.raises(NotFromTelegram, match="another bot, or changed"):
        look(init_data(fields(), "4243:pretend-token"))


def test_another_user_than_was_signed_is_not_believed() -> None:
    told = fields()
    told["hash"] = signed(told)
    told["user"] = told["user"].replace("1003", "1005")
    with pytest.raises(NotFromTelegram, match="another bot, or changed"):
        look(urlencode(told))


@pytest.mark.parametrize("field", ["query_id", "user", "auth_date", "signature"])
def test_no_field_can_be_taken_away(field: str) -> None:
    whole = fields()
    told = {**{name: value for name, value in whole.items() if name != field}, "hash": signed(whole)}
    with pytest.raises(NotFromTelegram):
        look(urlencode(told))


def test_a_field_that_comes_twice_is_not_believed() -> None:
    other = urlencode({"user": json.dumps({**OLGA, "id": 1005})})
    for text in (f"{init_data(fields())}&{other}", f"{other}&{init_data(fields())}"):
        with pytest.raises(NotFromTelegram, match="a field twice"):
            look(text)


def test_a_line_cannot_be_taken_for_two() -> None:
    whole = fields()
    lines = {"auth_date": f"{whole['auth_date']}\nquery_id={whole['query_id']}"}
    told = {name: value for name, value in whole.items() if name != "query_id"} | lines
    assert signed(told) == signed(whole)  # the same text is signed
    with pytest.raises(NotFromTelegram, match="no date"):
        look(urlencode({**told, "hash": signed(whole)}))


@pytest.mark.parametrize(
    "text", ["", "hash=", "hash=abc", "&&", "user", "hash=%FF&user=1", "a=1&" * 30, "x=" + "y" * 5000]
)
def test_what_is_no_such_text_is_not_believed(text: str) -> None:
    with pytest.raises(NotFromTelegram):
        look(text)


def test_a_hash_of_other_letters_is_not_compared() -> None:
    told = fields()
    for wrong in ("é" * 64, signed(told).upper(), signed(told)[:-1], f" {signed(told)}", f"{signed(told)}\n"):
        with pytest.raises(NotFromTelegram, match="no hash"):
            look(urlencode({**told, "hash": wrong}))


@pytest.mark.parametrize("date", [None, "", "-5", "1e9", "now", "9" * 13, "٣٤٥"])
def test_without_a_date_it_is_not_believed(date: str | None) -> None:
    with pytest.raises(NotFromTelegram, match="no date"):
        look(init_data(fields(auth_date=date)))


@pytest.mark.parametrize(
    "user",
    [
        None,
        "",
        "[]",
        "null",
        "{}",
        '{"id": "1003"}',
        '{"id": true}',
        '{"id": 0}',
        '{"id": -5}',
        '{"id": 1e400}',
        "[" * 4000,
        json.dumps({**OLGA, "is_bot": True}),
    ],
)
def test_without_a_person_it_is_not_believed(user: str | None) -> None:
    with pytest.raises(NotFromTelegram):
        look(init_data(fields(user=user)))


@given(st.text(max_size=300))
def test_whatever_a_stranger_sends_is_refused_and_nothing_else(text: str) -> None:
    with pytest.raises(NotFromTelegram):
        look(text)
