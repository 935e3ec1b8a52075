"""The simulator as a program of its own, and the file that keeps its chats."""

import asyncio
import sys
from pathlib import Path

import aiohttp

from simulator.server import Simulator
from simulator.transcript import show_chat
from tests.simulator.telegram_world import ANN, TOKEN, Api, invoice, png


async def test_the_program_says_where_it_is_and_ends_politely() -> None:
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "simulator", "--port", "0", stdout=asyncio.subprocess.PIPE
    )
    assert program.stdout is not None
    line = (await program.stdout.readline()).decode().strip()
    assert line.startswith("simulator ready at http://127.0.0.1:")
    async with aiohttp.ClientSession() as session, session.get(f"{line.split()[-1]}/control/people") as response:
        names = [person["first_name"] for person in (await response.json())["people"]]
    program.terminate()

    assert names == ["Ann", "Bob", "Olga", "Ivan", "Nina", "Oscar"]
    assert await program.wait() == 0


async def test_a_cast_of_ones_own_replaces_the_default(tmp_path: Path) -> None:
    cast = tmp_path / "cast.toml"
    cast.write_text('[[people]]\nid = 7\nfirst_name = "Zoë"\nlanguage_code = "fr"\n', encoding="utf-8")

    assert [person.first_name for person in Simulator(people=cast).world.people.values()] == ["Zoë"]


async def test_chats_survive_a_restart(api: Api, tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    async with Simulator(state=state) as first:
        caller = Api(api.session, first)
        await caller.ask("getMe")
        asked = first.send(ANN, "/start")
        await caller.ask("sendMessage", chat_id=ANN, text="<b>Hi</b>", parse_mode="HTML")
        await caller.upload("sendPhoto", png(), chat_id=ANN, reply_parameters={"message_id": asked.message_id})
        await caller.ask("sendInvoice", **invoice())
        await caller.ask("setMyCommands", commands=[{"command": "start", "description": "Begin"}])
        before = show_chat(first.chat(ANN))
    async with Simulator(state=state) as second:
        caller = Api(api.session, second)
        after = show_chat(second.chat(ANN, TOKEN))
        updates = await caller.updates()
        message = await caller.make("sendMessage", chat_id=ANN, text="again")

    assert after == before
    assert len(updates) == 1
    assert message["message_id"] == 5
