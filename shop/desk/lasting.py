"""How long things of the desk last."""

from datetime import datetime, timedelta

from msgspec import Struct

LINK = timedelta(minutes=10)  # a link out of the chat
FRESH = timedelta(minutes=10)  # so long after a link a password may be set without the one before


class Lasting(Struct, frozen=True):
    """How long a session lasts: `idle` after the last look, and `longest` in any case."""

    idle: timedelta = timedelta(hours=12)
    longest: timedelta = timedelta(days=7)

    def from_(self, now: datetime) -> tuple[datetime, datetime]:
        """When a session that is opened now expires, and beyond what it never lasts."""
        return now + min(self.idle, self.longest), now + self.longest
