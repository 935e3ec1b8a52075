"""Web Apps at the pretend Telegram: which may be opened, by whose button, and what the app is told."""

import hashlib
import hmac
import json
from pathlib import Path
from urllib.parse import parse_qsl

import aiohttp
import pytest

from simulator.acts.refusals import CannotDo
from simulator.saving import load, save
from simulator.server import Simulator
from simulator.telegram.wire import Json, as_object
from simulator.telegram.world import World
from tests.simulator.telegram_world import ANN, BOB, TOKEN, Api

DESK: dict[str, Json] = {"type": "web_app", "text": "Desk", "web_app": {"url": "https://shop.example/desk"}}


def signed(told: dict[str, str], token: str) -> str:
    """As core.telegram.org/bots/webapps says it, word by word."""
    lines = "\n".join(f"{name}={told[name]}" for name in sorted(told) if name != "hash")
    secret = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    return hmac.new(secret, lines.encode(), hashlib.sha256).hexdigest()


async def test_the_menu_of_one_chat_opens_an_app_and_others_do_not(simulator: Simulator, api: Api) -> None:
    await api.ask("setChatMenuButton", chat_id=ANN, menu_button=DESK)

    assert await api.ask("getChatMenuButton", chat_id=ANN) == DESK
    assert await api.ask("getChatMenuButton", chat_id=BOB) == {"type": "commands"}
    assert simulator.open_app(ANN).url == "https://shop.example/desk"
    with pytest.raises(CannotDo, match="has commands, no app"):
        simulator.open_app(BOB)


async def test_a_button_for_everybody_holds_where_there_is_none_of_ones_own(simulator: Simulator, api: Api) -> None:
    await api.ask("setChatMenuButton", menu_button=DESK)
    await api.ask("setChatMenuButton", chat_id=BOB, menu_button={"type": "commands"})

    assert simulator.open_app(ANN).label == "Desk"
    assert await api.ask("getChatMenuButton", chat_id=BOB) == {"type": "commands"}
    await api.ask("setChatMenuButton", chat_id=BOB)  # back to that of everybody
    assert await api.ask("getChatMenuButton", chat_id=BOB) == DESK


async def test_an_app_is_told_who_opened_it_signed_with_the_token(simulator: Simulator, api: Api) -> None:
    await api.ask("setChatMenuButton", chat_id=ANN, menu_button=DESK)

    told = dict(parse_qsl(simulator.open_app(ANN).init_data, strict_parsing=True))

    assert set(told) == {"query_id", "user", "auth_date", "hash"}
    assert json.loads(told["user"])["id"] == ANN
    assert abs(int(told["auth_date"]) - simulator.world.clock.now()) < 60
    assert told["hash"] == signed(told, TOKEN)
    assert told["hash"] != signed(told, "4242:another-token")


async def test_the_control_api_opens_the_app_of_a_button_under_a_message(simulator: Simulator, api: Api) -> None:
    keyboard: Json = {"inline_keyboard": [[{"text": "Open", "web_app": {"url": "http://127.0.0.1:8080/desk"}}]]}
    sent = await api.make("sendMessage", chat_id=ANN, text="Here", reply_markup=keyboard)
    body = {"person": ANN, "message_id": sent["message_id"], "row": 0, "column": 0}

    async with aiohttp.ClientSession() as session:
        async with session.post(f"{simulator.url}/control/web_app", json=body) as response:
            assert (await response.json())["url"] == "http://127.0.0.1:8080/desk"
        async with session.post(f"{simulator.url}/control/web_app", json={**body, "column": 1}) as response:
            assert response.status == 409


REFUSED: list[tuple[Json, str]] = [
    ("desk", "can't parse menu button JSON object"),
    ([], "can't parse menu button: MenuButton must be an Object"),
    ({"type": "moon"}, "can't parse menu button: Unsupported menu button type specified"),
    ({"type": "web_app", "text": "Desk"}, "can't parse menu button: Can't find field \"web_app\""),
    ({**DESK, "text": " "}, "can't parse menu button: Can't find field \"text\""),
    (
        {**DESK, "web_app": {"url": "http://shop.example/desk"}},
        "menu button Web App URL 'http://shop.example/desk' is invalid: Only HTTPS links are allowed",
    ),
    (
        {**DESK, "web_app": {"url": "javascript:alert(1)"}},
        "menu button Web App URL 'javascript:alert(1)' is invalid: Only HTTPS links are allowed",
    ),
]


@pytest.mark.parametrize(("button", "words"), REFUSED)
async def test_an_unfit_button_is_refused(button: Json, words: str, api: Api) -> None:
    assert await api.refused("setChatMenuButton", menu_button=button) == (400, f"Bad Request: {words}")


async def test_apps_are_not_opened_from_groups(simulator: Simulator, api: Api) -> None:
    room = simulator.found("Staff", ANN)
    room.add_bot(ANN)
    keyboard: Json = {"inline_keyboard": [[{"text": "Open", "web_app": {"url": "https://shop.example"}}]]}

    said = await api.refused("sendMessage", chat_id=room.group.id, text="Here", reply_markup=keyboard)

    assert said == (400, "Bad Request: BUTTON_TYPE_INVALID")


async def test_menu_buttons_are_kept(simulator: Simulator, api: Api, tmp_path: Path) -> None:
    await api.ask("setChatMenuButton", chat_id=ANN, menu_button=DESK)
    save(simulator.world, tmp_path / "state.json")
    again = World(None)
    load(again, tmp_path / "state.json")

    assert as_object(again.bot(TOKEN).menu_buttons[ANN]) == DESK
