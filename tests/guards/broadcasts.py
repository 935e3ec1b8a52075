"""The guards of broadcasts: everybody once, whatever dies, and nobody who does not want them."""

from tests.guards.guard import Guard

_SENDING = "tests/shop/broadcasts/test_sending.py::"

BROADCASTS = (
    Guard(
        "Broadcasts: marked before it is sent",
        "shop/broadcasts/sending.py",
        "    waits = (BroadcastRecipient.id == recipient_id, BroadcastRecipient.state == RecipientState.WAITING)\n",
        "    waits = (BroadcastRecipient.id == recipient_id,)\n",
        _SENDING + "test_two_replicas_bring_it_to_everybody_once",
        "postgresql",
    ),
    Guard(
        "Broadcasts: what may have arrived is not repeated",
        "shop/broadcasts/sending.py",
        ".values(state=RecipientState.UNKNOWN, updated_at=now))",
        ".values(state=RecipientState.WAITING, updated_at=now))",
        _SENDING + "test_who_may_have_it_when_the_process_dies_does_not_get_it_again",
    ),
    Guard(
        "Broadcasts: asked once more whether they want it",
        "shop/broadcasts/sending.py",
        "may_be_told(found.owner_id))) is None:",
        "may_be_told(found.owner_id))) is False:",
        _SENDING + "test_who_refused_news_or_blocked_the_shop_meanwhile_is_left_out",
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
        "shop/broadcasts/sending.py",
        ".values(state=RecipientState.UNKNOWN, updated_at=now))",
        ".values(state=RecipientState.WAITING, updated_at=now))",
        "tests/shop/broadcasts/test_killed.py::test_whatever_is_killed_nobody_has_it_twice",
    ),
)
