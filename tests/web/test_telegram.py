"""Telegram's webhook: only with the secret, acknowledged only when the update was handled."""

import httpx
import pytest

from tests.web.conftest import SECRET, Behind
from web.telegram import SECRET_HEADER, Taken, TelegramDoor, route

UPDATE = {"update_id": 7, "message": {"text": "/start"}}
GENUINE = {SECRET_HEADER: SECRET}


@pytest.mark.parametrize(("taken", "status"), [(Taken.DONE, 200), (Taken.FAILED, 500), (Taken.FULL, 503)])
async def test_telegram_is_told_how_the_update_was_taken(
    client: httpx.AsyncClient, behind: Behind, taken: Taken, status: int
) -> None:
    behind.answer = taken

    answer = await client.post("/telegram", json=UPDATE, headers=GENUINE)

    assert answer.status_code == status
    assert behind.updates == [UPDATE]


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: ""}, {SECRET_HEADER: "guessed"}, {SECRET_HEADER: "gewürfelt"}])
async def test_a_stranger_cannot_pretend_to_be_telegram(
    client: httpx.AsyncClient, behind: Behind, headers: dict[str, str]
) -> None:
    raw = {name.encode(): value.encode() for name, value in headers.items()}

    answer = await client.post("/telegram", json=UPDATE, headers=raw)

    assert answer.status_code == 401
    assert behind.updates == []


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b'{"update_id": "7"}', b"\xff\xfe"])
async def test_what_is_no_update_is_refused(client: httpx.AsyncClient, behind: Behind, body: bytes) -> None:
    answer = await client.post("/telegram", content=body, headers=GENUINE)

    assert answer.status_code == 400
    assert behind.updates == []


async def test_an_update_nested_too_deep_to_read_is_refused(client: httpx.AsyncClient, behind: Behind) -> None:
    answer = await client.post("/telegram", content=b"[" * 200_000, headers=GENUINE)

    assert answer.status_code == 400
    assert behind.updates == []


def test_a_webhook_without_a_secret_is_never_opened(behind: Behind) -> None:
    with pytest.raises(ValueError, match="secret"):
        route(TelegramDoor("/telegram", "", behind.take))
