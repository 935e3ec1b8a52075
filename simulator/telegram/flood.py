"""Telegram's limits on how fast a bot may send: 30 messages a second, 1 a second to a chat, 20 a minute to a group."""

import math
from dataclasses import dataclass

from simulator.clock import Clock
from simulator.telegram.errors import too_many_requests


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Flood:
    """Token buckets for the whole bot and for each chat; off until `enabled`."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.enabled = False
        self.overall = 30.0
        self.per_chat = 1.0
        self.burst = 5.0
        self.group_minute = 20.0
        self._buckets: dict[tuple[int, int], _Bucket] = {}

    def _bucket(self, key: tuple[int, int], rate: float, size: float) -> _Bucket:
        now = self.clock.now()
        bucket = self._buckets.setdefault(key, _Bucket(size, now))
        bucket.tokens = min(size, bucket.tokens + (now - bucket.at) * rate)
        bucket.at = now
        return bucket

    def check(self, bot_id: int, chat_id: int) -> None:
        """Count one message; raises BotApiError 429 with whole seconds to wait."""
        if not self.enabled:
            return
        everyone = self._bucket((bot_id, 0), self.overall, self.overall)
        rate, burst = (self.group_minute / 60, self.group_minute) if chat_id < 0 else (self.per_chat, self.burst)
        one = self._bucket((bot_id, chat_id), rate, burst)
        wait = max((1 - everyone.tokens) / self.overall, (1 - one.tokens) / rate)
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        everyone.tokens -= 1
        one.tokens -= 1
