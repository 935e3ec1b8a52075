"""The menu of commands: scopes, languages, limits, and what a person's phone shows of it."""

import pytest

from simulator.server import Simulator
from simulator.telegram.wire import Json
from simulator.transcript import commands_for
from tests.simulator.telegram_world import ANN, BOB, Api


def commands(*names: str) -> Json:
    return [{"command": name, "description": f"About {name}"} for name in names]


def menu(simulator: Simulator, who: int) -> list[str]:
    """The names of the commands on somebody's phone."""
    return [str(row["command"]) for row in commands_for(simulator.chat(who))]


async def test_the_narrowest_scope_and_the_own_language_win(simulator: Simulator, api: Api) -> None:
    await api.ask("setMyCommands", commands=commands("start"))
    await api.ask("setMyCommands", commands=commands("los"), language_code="de")
    scope: Json = {"type": "chat", "chat_id": ANN}
    await api.ask("setMyCommands", commands=commands("sell"), scope=scope)
    assert (menu(simulator, ANN), menu(simulator, BOB)) == (["sell"], ["los"])
    await api.ask("deleteMyCommands", scope=scope)

    assert menu(simulator, ANN) == ["start"]
    assert await api.ask("getMyCommands", scope=scope) == []
    assert await api.ask("getMyCommands", language_code="de") == commands("los")


REFUSED: list[tuple[dict[str, Json], str]] = [
    ({"commands": commands("Start")}, "BOT_COMMAND_INVALID"),
    ({"commands": commands("add-product")}, "BOT_COMMAND_INVALID"),
    ({"commands": commands("x" * 33)}, "BOT_COMMAND_INVALID"),
    ({"commands": [{"command": "start", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ({"commands": [{"command": "start", "description": "x" * 257}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ({"commands": commands(*(f"c{number}" for number in range(101)))}, "BOT_COMMANDS_TOO_MUCH"),
    ({"commands": "x"}, "can't parse commands JSON object"),
    (
        {"commands": commands("start"), "scope": {"type": "moon"}},
        "can't parse BotCommandScope: Unsupported type specified",
    ),
    ({"commands": commands("start"), "scope": {"type": "chat", "chat_id": 5}}, "chat not found"),
    ({"commands": commands("start"), "language_code": "deutsch"}, "LANG_CODE_INVALID"),
]


@pytest.mark.parametrize(("parameters", "words"), REFUSED)
async def test_an_unfit_menu_is_refused(parameters: dict[str, Json], words: str, api: Api) -> None:
    assert await api.refused("setMyCommands", **parameters) == (400, f"Bad Request: {words}")


async def test_a_description_too_long_for_a_profile_is_refused(api: Api) -> None:
    await api.ask("setMyDescription", description="Tea and books")

    assert await api.ask("getMyDescription", language_code="de") == {"description": "Tea and books"}
    assert await api.refused("setMyDescription", description="x" * 513) == (
        400,
        "Bad Request: BOT_DESCRIPTION_INVALID",
    )
