"""`PayPal-Request-Id`: a repeated request is not done twice, and hears how the earlier one stands now."""

from dataclasses import dataclass, field

from simulator.clock import Clock
from simulator.paypal.errors import PayPalError, invalid, refused

ORDERS_SECONDS = 6 * 3600
PAYMENTS_SECONDS = 45 * 86_400
_LONGEST = 108


@dataclass(slots=True)
class _Entry:
    body: bytes
    until: float
    made: str


@dataclass
class RequestIds:
    """The ids that were seen and are still kept; a request that was refused gives its id back."""

    clock: Clock
    entries: dict[tuple[str, str], _Entry] = field(default_factory=dict)

    def seen(self, path: str, request_id: str, body: bytes) -> str | None:
        """Return what the earlier request made; refuses an id that was used with another body."""
        if not 1 <= len(request_id) <= _LONGEST:
            raise invalid("PayPal-Request-Id", "INVALID_STRING_LENGTH", "The value of a field is too short or long.")
        now = self.clock.now()
        self.entries = {key: entry for key, entry in self.entries.items() if entry.until > now}
        entry = self.entries.get((path, request_id))
        if entry is None:
            return None
        if entry.body != body:
            raise refused("DUPLICATE_REQUEST_ID", "The value of PayPal-Request-Id header has already been used.")
        return entry.made

    def keep(self, path: str, request_id: str, body: bytes, made: str) -> None:
        """Remember what a request made: six hours for orders, 45 days for payments."""
        span = ORDERS_SECONDS if path.startswith("/v2/checkout/") else PAYMENTS_SECONDS
        self.entries[path, request_id] = _Entry(body, self.clock.now() + span, made)


def in_progress() -> PayPalError:
    """The twin of a request that still runs."""
    return PayPalError(
        "RESOURCE_CONFLICT", "PREVIOUS_REQUEST_IN_PROGRESS", "A previous request is in progress.", status=409
    )
