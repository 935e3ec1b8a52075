"""A list of products that a seller sends in the chat: what it would change, and the transaction that takes it in."""

import hashlib
from collections.abc import Awaitable, Callable
from datetime import datetime

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import AdminEvent
from db.session import Database
from shop.clock import Clock
from shop.importing.files import import_bytes
from shop.importing.report import ImportReport, Verdict
from shop.people import events
from shop.people.permissions import Acting, By, Permission, ask
from shop.policy import Policy

MOST = 5_000  # products and variants: they are written in one transaction, while others wait to write
TAKEN_IN = "catalogue.imported"

Agreed = Callable[[AsyncSession], Awaitable[bool]]


class NotAgreed(Exception):  # noqa: N818  the way out of the transaction
    """The file would not do what its sender saw and agreed to, or it was taken in already."""


class Counts(Struct, frozen=True):
    """Products and variants by what became of them, and rows that were set aside."""

    new: int
    changed: int
    aside: int


def mark_of(content: bytes) -> str:
    """Which file it is, short enough for a button."""
    return hashlib.sha256(content).hexdigest()[:24]


def outline(report: ImportReport) -> str:
    """What a file would do, without the numbers that move with every sale: the same as long as it does the same."""
    told = [(diff.line, diff.sku, diff.verdict.value) for diff in report.diffs]
    return hashlib.sha256(repr((told, len(report.aside))).encode()).hexdigest()[:24]


def counts_of(report: ImportReport) -> Counts:
    """How many are new, changed and set aside."""
    verdicts = [diff.verdict for diff in report.diffs]
    return Counts(verdicts.count(Verdict.NEW), verdicts.count(Verdict.CHANGED), len(report.aside))


async def look(db: Database, by: By, content: bytes, *, policy: Policy, clock: Clock) -> ImportReport:
    """What the file would change; nothing is written. Raises NotPermitted: it takes the catalogue and the stock."""
    owner_id = _may(by).owner_id
    return await import_bytes(db, content, owner_id=owner_id, policy=policy, clock=clock, dry_run=True, most=MOST)


async def take(
    db: Database, by: By, content: bytes, *, seen: str, agreed: Agreed, policy: Policy, clock: Clock
) -> ImportReport:
    """Take the file in, all or nothing, if it still does what was `seen` (an outline) and `agreed` says so: once.

    `agreed` runs in the transaction that writes, so that a crash undoes both. Raises NotAgreed, NotPermitted.
    """
    acting = _may(by)

    async def within(session: AsyncSession, report: ImportReport) -> None:
        if outline(report) != seen or not await agreed(session):
            raise NotAgreed
        counts = counts_of(report)
        data = {"new": counts.new, "changed": counts.changed, "aside": counts.aside}
        subject, now = f"file:{mark_of(content)}", clock.now()
        events.write(session, acting.actor, TAKEN_IN, subject, owner_id=acting.owner_id, data=data, now=now)

    return await import_bytes(
        db, content, owner_id=acting.owner_id, policy=policy, clock=clock, within=within, most=MOST
    )


async def taken(session: AsyncSession, by: By, mark: str, *, since: datetime) -> Counts | None:
    """What became of this file when it was taken in last; None: it was not, since then."""
    acting = _may(by)
    query = (
        select(AdminEvent.data)
        .where(
            AdminEvent.subject == f"file:{mark}",
            AdminEvent.action == TAKEN_IN,
            AdminEvent.owner_id == acting.owner_id,
            AdminEvent.created_at >= since,
        )
        .order_by(AdminEvent.id.desc())
        .limit(1)
    )
    data = await session.scalar(query)
    return None if data is None else Counts(data["new"], data["changed"], data["aside"])


def _may(by: By) -> Acting:
    ask(by, Permission.STOCK)
    return ask(by, Permission.CATALOGUE)
