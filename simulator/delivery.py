"""Webhooks: signed, sent one by one, tried again with growing pauses, and disturbed when chaos says so."""

import asyncio
import secrets
import string
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

import aiohttp

from simulator.chaos import Chaos
from simulator.clock import Clock

# The real pauses stretch over three days; the first ones are shorter here, so that a person can watch a retry.
PAUSES_SECONDS = (5.0, 30.0, 300.0, 1_800.0, 7_200.0, 18_000.0, 36_000.0, 86_400.0)
_TIMEOUT_SECONDS = 10.0
_TICK_SECONDS = 0.5


class Telling(Protocol):
    """Something that happened, as an event of a provider."""

    @property
    def id(self) -> str:
        """Its identifier, which no other has."""

    @property
    def type(self) -> str:
        """What kind of thing happened."""


E = TypeVar("E", bound=Telling)


@dataclass(slots=True)
class Endpoint:
    """Where events go. `enabled_events` is `("*",)` for all of them; `secret` is what signatures are made with."""

    url: str
    secret: str
    enabled_events: tuple[str, ...] = ("*",)
    id: str = field(default_factory=lambda: "we_1" + "".join(secrets.choice(string.ascii_letters) for _ in range(24)))

    def wants(self, event: Telling) -> bool:
        """Tell whether the endpoint subscribed to events of this type."""
        return "*" in self.enabled_events or event.type in self.enabled_events


@dataclass(slots=True)
class Delivery(Generic[E]):
    """One event on its way to one endpoint; `answers` are the statuses so far, 0 for no answer at all."""

    event: E
    endpoint: Endpoint
    due: float
    answers: list[int] = field(default_factory=list)
    state: str = "waiting"
    held: bool = False


# The bytes that are sent and the headers beside them: of an event, for an endpoint, at a Unix time.
Pack = Callable[[E, Endpoint, int], tuple[bytes, Mapping[str, str]]]


@dataclass
class Deliveries(Generic[E]):
    """Everything sent and still to be sent."""

    clock: Clock
    chaos: Chaos
    pack: Pack[E]
    endpoints: list[Endpoint] = field(default_factory=list)
    log: list[Delivery[E]] = field(default_factory=list)
    pauses: Sequence[float] = PAUSES_SECONDS
    # Receivers compare the signature's time with their own wall clock, also when a test's clock stands still.
    signed_at: Callable[[], float] = time.time
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    def register(self, endpoint: Endpoint) -> Endpoint:
        """Send events there from now on; the same URL again replaces what was registered."""
        self.endpoints = [*(other for other in self.endpoints if other.url != endpoint.url), endpoint]
        return endpoint

    @asynccontextmanager
    async def delivering(self, name: str, deliver: Callable[[], Awaitable[object]]) -> AsyncIterator[None]:
        """Call `deliver` when something is queued and every tick, for as long as the block runs; at its end hanging
        answers are let go.
        """
        async with asyncio.TaskGroup() as group:
            worker = group.create_task(self._go_on(deliver), name=f"pretend-{name}-webhooks")
            try:
                yield
            finally:
                self.chaos.clear()
                worker.cancel()

    async def _go_on(self, deliver: Callable[[], Awaitable[object]]) -> None:
        while True:
            self.woken.clear()
            await deliver()
            with suppress(TimeoutError):
                async with asyncio.timeout(_TICK_SECONDS):
                    await self.woken.wait()

    def schedule(self, event: E) -> None:
        """Queue an event for every endpoint that wants it."""
        now = self.clock.now()
        for endpoint in [endpoint for endpoint in self.endpoints if endpoint.wants(event)]:
            delivery = Delivery(event, endpoint, now)
            fault = self.chaos.for_event(event.type)
            late = [held for held in self.log if held.held and held.endpoint is endpoint]
            self.log.append(delivery)
            match fault.fault if fault else "":
                case "drop":
                    delivery.state = "dropped"
                case "duplicate":
                    self.log.append(Delivery(event, endpoint, now))
                case "delay" if fault:
                    delivery.due = now + fault.seconds
                case "reorder" if fault:
                    delivery.due = now + fault.seconds
                    delivery.held = True
            for overtaken in late:
                overtaken.held = False
                overtaken.due = now
                self.log.remove(overtaken)
                self.log.append(overtaken)
        self.woken.set()

    def waiting(self, event_id: str) -> int:
        """Count the endpoints that have not confirmed an event."""
        unconfirmed = {
            delivery.endpoint.id for delivery in self.log if delivery.event.id == event_id and not _confirmed(delivery)
        }
        confirmed = {
            delivery.endpoint.id for delivery in self.log if delivery.event.id == event_id and _confirmed(delivery)
        }
        return len(unconfirmed - confirmed)

    async def deliver_due(self) -> int:
        """Send everything that is due, in order, and return how many posts were made."""
        now = self.clock.now()
        due = [delivery for delivery in self.log if delivery.state == "waiting" and delivery.due <= now]
        if due:
            timeout = aiohttp.ClientTimeout(total=_TIMEOUT_SECONDS)
            async with aiohttp.ClientSession(timeout=timeout) as http:
                for delivery in due:
                    await self._send(http, delivery)
        return len(due)

    def send_again(self, event_id: str) -> int:
        """Queue an event once more, as the dashboard's "Resend" does; return to how many endpoints."""
        again = {delivery.endpoint.id: delivery for delivery in self.log if delivery.event.id == event_id}
        for delivery in again.values():
            self.log.append(Delivery(delivery.event, delivery.endpoint, self.clock.now()))
        self.woken.set()
        return len(again)

    async def _send(self, http: aiohttp.ClientSession, delivery: Delivery[E]) -> None:
        delivery.state = "sending"
        payload, headers = self.pack(delivery.event, delivery.endpoint, int(self.signed_at()))
        try:
            async with http.post(delivery.endpoint.url, data=payload, headers=headers, allow_redirects=False) as answer:
                delivery.answers.append(answer.status)
        except (aiohttp.ClientError, TimeoutError):
            delivery.answers.append(0)
        if _confirmed(delivery):
            delivery.state = "delivered"
        elif len(delivery.answers) <= len(self.pauses):
            delivery.state = "waiting"
            delivery.due = self.clock.now() + self.pauses[len(delivery.answers) - 1]
        else:
            delivery.state = "given up"


def _confirmed(delivery: Delivery[E]) -> bool:
    return bool(delivery.answers) and 200 <= delivery.answers[-1] < 300
