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
)
