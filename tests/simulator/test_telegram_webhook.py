"""Webhooks: the secret, the order within a chat, retries until accepted, and what getWebhookInfo tells."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from simulator.clock import ManualClock
from simulator.server import Simulator
from tests.simulator.hook import Hook, listening
from tests.simulator.telegram_world import ANN, BOB, TOKEN, Api


@pytest.fixture
async def hook() -> AsyncGenerator[Hook]:
    async with listening() as ready:
        yield ready


@pytest.fixture
async def simulator() -> AsyncGenerator[Simulator]:
    """A simulator whose time stands still, so that retries wait for the test."""
    async with Simulator(clock=ManualClock()) as running:
        yield running


async def turns(simulator: Simulator, hook: Hook, posts: int) -> None:
    """Move the clock second by second until so many posts came."""
    for _ in range(200):
        if len(hook.posts) >= posts:
            return
        simulator.advance(1)
        for _ in range(50):
            await asyncio.sleep(0)
    raise AssertionError(f"only {len(hook.posts)} posts")


async def test_updates_arrive_with_the_secret(simulator: Simulator, api: Api, hook: Hook) -> None:
    await api.ask("setWebhook", url=hook.url, secret_token="s-e_cret")
    simulator.send(ANN, "hello")
    await hook.received(1)
    await simulator.idle()

    assert hook.texts() == ["hello"]
    assert hook.headers[0]["X-Telegram-Bot-Api-Secret-Token"] == "s-e_cret"


async def test_what_waited_before_the_webhook_is_delivered_first(simulator: Simulator, api: Api, hook: Hook) -> None:
    simulator.send(ANN, "early")
    await api.ask("setWebhook", url=hook.url)
    simulator.send(ANN, "late")
    await hook.received(2)

    assert hook.texts() == ["early", "late"]


async def test_one_chat_stays_in_order_while_others_go_on(simulator: Simulator, api: Api, hook: Hook) -> None:
    hook.gates["slow"] = asyncio.Event()
    await api.ask("setWebhook", url=hook.url)
    for text in ("slow", "behind"):
        simulator.send(ANN, text)
    simulator.send(BOB, "elsewhere")
    await hook.received(2)
    assert set(hook.texts()) == {"slow", "elsewhere"}
    hook.gates["slow"].set()
    await hook.received(3)

    assert hook.texts()[-1] == "behind"


async def test_a_tap_does_not_wait_for_a_message_of_the_same_person(simulator: Simulator, api: Api, hook: Hook) -> None:
    hook.gates["slow"] = asyncio.Event()
    await api.ask("setWebhook", url=hook.url)
    simulator.send(ANN, "slow")
    simulator.tap_data(ANN, "x", message_id=1)
    posts = await hook.received(2)

    assert any("callback_query" in post for post in posts)


async def test_a_refused_update_comes_again_and_blocks_only_its_chat(
    simulator: Simulator, api: Api, hook: Hook
) -> None:
    await api.ask("setWebhook", url=hook.url)
    hook.statuses = [500, 502, 404]
    simulator.send(ANN, "again")
    simulator.send(ANN, "behind")
    await turns(simulator, hook, 5)

    assert hook.texts() == ["again"] * 4 + ["behind"]


async def test_the_receiver_may_ask_for_time(simulator: Simulator, api: Api, hook: Hook) -> None:
    await api.ask("setWebhook", url=hook.url)
    hook.statuses, hook.retry_after = [503], "30"
    simulator.send(ANN, "later")
    await hook.received(1)
    started = simulator.world.clock.now()
    await turns(simulator, hook, 2)

    assert simulator.world.clock.now() - started >= 30


async def test_info_tells_of_failures_and_of_what_waits(simulator: Simulator, api: Api, hook: Hook) -> None:
    await api.ask("setWebhook", url=hook.url, max_connections=3, allowed_updates=["message"])
    hook.statuses = [500] * 2
    simulator.send(ANN, "x")
    simulator.send(ANN, "y")
    await hook.received(2)
    while (await api.make("getWebhookInfo")).get("last_error_message") is None:
        await asyncio.sleep(0)
    info = await api.make("getWebhookInfo")

    assert (info["url"], info["pending_update_count"], info["max_connections"]) == (hook.url, 2, 3)
    assert info["allowed_updates"] == ["message"]
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"


async def test_no_more_connections_are_used_than_allowed(simulator: Simulator, api: Api, hook: Hook) -> None:
    hook.gates["wait"] = asyncio.Event()
    await api.ask("setWebhook", url=hook.url, max_connections=1)
    for who in (ANN, BOB):
        simulator.send(who, "wait")
    await hook.received(1)
    hook.gates["wait"].set()
    await hook.received(2)

    assert hook.most_busy == 1


async def test_an_answer_may_hold_a_call(simulator: Simulator, api: Api, hook: Hook) -> None:
    await api.ask("setWebhook", url=hook.url)
    hook.answers = [{"method": "sendMessage", "chat_id": ANN, "text": "in the answer"}]
    simulator.send(ANN, "x")

    await simulator.wait_for(ANN, lambda chat: chat.shows("in the answer"))


async def test_a_repeated_update_is_posted_again(simulator: Simulator, api: Api, hook: Hook) -> None:
    await api.ask("setWebhook", url=hook.url)
    simulator.send(ANN, "twice")
    await hook.received(1)
    await simulator.idle()
    simulator.redeliver()
    posts = await hook.received(2)

    assert posts[0] == posts[1]


async def test_what_a_removed_webhook_missed_is_polled(simulator: Simulator, api: Api, hook: Hook) -> None:
    await api.ask("setWebhook", url="http://127.0.0.1:9/nobody")
    simulator.send(ANN, "kept")
    await api.ask("deleteWebhook")

    assert len(await api.updates()) == 1


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://a.de/x", "invalid webhook URL specified"),
        ("http://a.de/x", "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            "https://a.de:8080/x",
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
    ],
)
async def test_an_unfit_address_is_refused(url: str, words: str, api: Api) -> None:
    assert await api.refused("setWebhook", url=url) == (400, f"Bad Request: {words}")


async def test_an_unfit_secret_is_refused(api: Api) -> None:
    url = "https://a.de/hook"

    assert await api.refused("setWebhook", url=url, secret_token="a b") == (
        400,
        "Bad Request: secret token contains unallowed characters",
    )
    assert await api.refused("setWebhook", url=url, secret_token="x" * 257) == (
        400,
        "Bad Request: secret token is too long",
    )
    assert api.simulator.world.bot(TOKEN).webhook is None
