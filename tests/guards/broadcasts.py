"""The guards of broadcasts: everybody once, whatever dies, and nobody who does not want them."""

from tests.guards.guard import Guard

_SENDING = "tests/shop/broadcasts/test_sending.py::"
_FAR = "tests/shop/broadcasts/test_far_away.py::"
_LIMITS = "tests/bot/sending/test_limits.py::"

BROADCASTS = (
    Guard(
        "Broadcasts: marked before it is sent",
        "shop/broadcasts/copies.py",
        ".with_for_update(skip_locked=True, of=BroadcastRecipient)",
        "",
        _SENDING + "test_two_replicas_bring_it_to_everybody_once",
        "postgresql",
    ),
    Guard(
        "Broadcasts: what may have arrived is not repeated",
        "shop/broadcasts/copies.py",
        ".values(state=RecipientState.UNKNOWN, updated_at=now))",
        ".values(state=RecipientState.WAITING, updated_at=now))",
        _SENDING + "test_who_may_have_it_when_the_process_dies_does_not_get_it_again",
    ),
    Guard(
        "Broadcasts: asked once more whether they want it",
        "shop/broadcasts/copies.py",
        "Copy(row.id, row.User, bool(row.wanted))",
        "Copy(row.id, row.User, True)",
        _SENDING + "test_who_refused_news_or_blocked_the_shop_meanwhile_is_left_out",
    ),
    Guard(
        "Broadcasts: what waited long for its turn is asked about once more",
        "shop/broadcasts/sending.py",
        "            if self._clock.now() < claimed_at + FRESH:\n",
        "            if self._clock.now() >= claimed_at:\n",
        _FAR + "test_what_is_stopped_ends_within_a_second_also_behind_a_silence",
    ),
    Guard(
        "Broadcasts: a few are marked ahead, not all",
        "shop/broadcasts/sending.py",
        "min(self._left, IN_LINE - self._in_line)",
        "self._left",
        _FAR + "test_slow_answers_and_kills_cost_no_turns_and_nobody_has_it_twice",
    ),
    Guard(
        "Flood limit: a message counts until its answer, less the way there and back",
        "bot/sending/limits.py",
        "answered - self._back.after(answered - called) + 1",
        "called + 0 * self._back.after(answered - called) + 1",
        _LIMITS + "test_no_second_has_more_than_is_permitted_however_long_answers_take",
    ),
    Guard(
        "Flood limit: slow answers cost no turns",
        "bot/sending/limits.py",
        "answered - self._back.after(answered - called) + 1",
        "answered + 1",
        _LIMITS + "test_no_second_has_more_than_is_permitted_however_long_answers_take",
    ),
    Guard(
        "Broadcasts: begun once at their time",
        "shop/broadcasts/sending.py",
        "due = (Broadcast.state == BroadcastState.DRAFT, Broadcast.starts_at <= now)",
        "due = (Broadcast.starts_at <= now,)",
        _SENDING + "test_what_has_a_time_begins_then_and_once_and_not_when_it_was_called_off",
    ),
    Guard(
        "Broadcasts: nor is it after kill -9",
        "shop/broadcasts/copies.py",
        ".values(state=RecipientState.UNKNOWN, updated_at=now))",
        ".values(state=RecipientState.WAITING, updated_at=now))",
        "tests/shop/broadcasts/test_killed.py::test_whatever_is_killed_nobody_has_it_twice",
    ),
)
