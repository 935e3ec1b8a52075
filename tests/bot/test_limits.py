"""The flood limit for what is sent unasked."""

from bot.limits import OwnLimit


class Watch:
    """Seconds that the test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_chat_gets_one_message_a_second() -> None:
    limit = OwnLimit(per_second=1000, time=Watch())

    assert limit.reserve(1) == 0
    assert round(limit.reserve(1), 6) == 1
    assert round(limit.reserve(1), 6) == 2


def test_all_chats_together_stay_under_the_limit() -> None:
    limit = OwnLimit(per_second=28, time=Watch())

    waits = [limit.reserve(chat) for chat in range(57)]

    assert round(waits[28], 6) == 1
    assert round(waits[56], 6) == 2


def test_time_that_passed_is_not_saved_up() -> None:
    watch = Watch()
    limit = OwnLimit(per_second=10, time=watch)
    assert limit.reserve(1) == 0
    watch.now += 60

    assert [round(limit.reserve(chat), 6) for chat in (2, 3)] == [0, 0.1]


async def test_everybody_waits_when_telegram_asks_for_silence() -> None:
    limit = OwnLimit(time=Watch())

    await limit.hold(5)

    assert limit.reserve(1) == 5
