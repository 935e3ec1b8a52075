"""Figures about the running shop for Prometheus: counted as things happen, or looked up when it asks."""

import asyncio
import math
import time
from collections import Counter as Counts
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from sqlalchemy import event, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from app.schedule import Task
from db.models import Notification, Order, OrderStatus, PaymentAttempt, PaymentEvent
from db.session import Database, is_away
from shop.clock import Clock
from shop.payments import inbox
from shop.upkeep import set_aside

NEWEST = 200  # attempts: enough to see a provider fail, and as quick among a million
PATIENCE = 3.0  # seconds; Prometheus itself waits for ten
log = structlog.get_logger()
FAST = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


@dataclass
class Metrics:
    """One process's figures, in a registry of their own so that two shops can live in one process."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    patience: float = PATIENCE  # with a database that does not answer

    def __post_init__(self) -> None:
        registry = self.registry
        self.updates = Counter("storefront_updates", "Updates handled", ["screen", "outcome"], registry=registry)
        self.answer_seconds = Histogram(
            "storefront_answer_seconds",
            "From an update's arrival to its answer",
            ["screen"],
            buckets=FAST,
            registry=registry,
        )
        self.statement_seconds = Histogram(
            "storefront_database_seconds", "Time of one SQL statement", buckets=FAST, registry=registry
        )
        self.task_seconds = Histogram(
            "storefront_task_seconds", "Time of one scheduled task", ["task"], buckets=FAST, registry=registry
        )
        self.task_failures = Counter(
            "storefront_task_failures", "Scheduled tasks that failed", ["task"], registry=registry
        )
        self.outbox_waiting = Gauge("storefront_outbox_waiting", "Notifications that are due", registry=registry)
        self.outbox_age = Gauge(
            "storefront_outbox_age_seconds", "Age of the oldest due notification", registry=registry
        )
        self.inbox_waiting = Gauge("storefront_inbox_waiting", "Provider events not settled yet", registry=registry)
        self.set_aside = Gauge(
            "storefront_set_aside", "News of money that could not be handled and waits for a person", registry=registry
        )
        self.holds = Gauge("storefront_holds", "Unpaid orders that hold stock", registry=registry)
        self.payments = Gauge(
            "storefront_payment_attempts",
            f"The newest {NEWEST} payment attempts",
            ["provider", "state"],
            registry=registry,
        )
        self.database_up = Gauge(
            "storefront_database_up", "1 when the database answers what it is asked", registry=registry
        )

    def update(self, screen: str, outcome: str, seconds: float) -> None:
        """Count one update: which screen or command, how it ended, how long it took."""
        self.updates.labels(screen, outcome).inc()
        self.answer_seconds.labels(screen).observe(seconds)

    def task(self, task: Task, seconds: float, failure: BaseException | None) -> None:
        """Count one run of a scheduled task."""
        self.task_seconds.labels(task.name).observe(seconds)
        if failure is not None:
            self.task_failures.labels(task.name).inc()

    def watch(self, db: Database) -> None:
        """Time every statement of a database."""
        for engine in {db.engine, db.read_engine}:
            _time_statements(engine, self.statement_seconds.observe)

    async def refresh(self, db: Database, clock: Clock) -> None:
        """Look up what the database holds now; while it cannot say, those figures are not a number."""
        try:
            async with asyncio.timeout(self.patience):
                await self._look_up(db, clock)
        except Exception as error:
            if not (isinstance(error, TimeoutError) or is_away(error)):
                # every other figure is still worth showing, above all while something is wrong
                log.exception("figures_not_looked_up", error=type(error).__name__)
            self.database_up.set(0)
            for figure in (self.outbox_waiting, self.outbox_age, self.inbox_waiting, self.set_aside, self.holds):
                figure.set(math.nan)
            self.payments.clear()
        else:
            self.database_up.set(1)

    async def _look_up(self, db: Database, clock: Clock) -> None:
        now = clock.now()
        due = (Notification.sent_at.is_(None), Notification.dead_at.is_(None), Notification.run_at <= now)
        async with db.read() as session:
            waiting, oldest = (
                await session.execute(select(func.count(), func.min(Notification.run_at)).where(*due))
            ).one()
            unsettled = await session.scalar(select(func.count(PaymentEvent.id)).where(*inbox.WAITS))
            aside = await set_aside.count_money(session)
            holds = await session.scalar(select(func.count()).where(Order.status == OrderStatus.PENDING))
            newest = select(PaymentAttempt.provider, PaymentAttempt.state).order_by(PaymentAttempt.id.desc())
            attempts = Counts((await session.execute(newest.limit(NEWEST))).all())
        self.outbox_waiting.set(waiting)
        self.outbox_age.set((now - oldest).total_seconds() if waiting else 0)
        self.inbox_waiting.set(unsettled or 0)
        self.set_aside.set(aside)
        self.holds.set(holds or 0)
        self.payments.clear()
        for (provider, state), count in attempts.items():
            self.payments.labels(provider, state.value).set(count)


def _time_statements(engine: AsyncEngine, observe: Callable[[float], object]) -> None:
    @event.listens_for(engine.sync_engine, "before_cursor_execute")
    def before(_connection: Any, _cursor: Any, _statement: Any, _parameters: Any, context: Any, _many: Any) -> None:
        context.storefront_started = time.perf_counter()

    @event.listens_for(engine.sync_engine, "after_cursor_execute")
    def after(_connection: Any, _cursor: Any, _statement: Any, _parameters: Any, context: Any, _many: Any) -> None:
        observe(time.perf_counter() - context.storefront_started)
