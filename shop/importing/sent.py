"""A list of products that a seller sends in the chat: what it would change, and its way into the shop."""

import hashlib
from collections.abc import Awaitable, Callable
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import ImportRun, ImportState
from db.session import Database
from shop.clock import Clock
from shop.importing import runs
from shop.importing.files import import_bytes
from shop.importing.report import ImportReport, Verdict
from shop.importing.runs import Sent
from shop.people import events
from shop.people.permissions import Acting, By, Permission, ask
from shop.policy import Policy

LARGEST = 20 * 1024 * 1024  # bytes that the Bot API hands out (getFile)
MOST = 10_000  # products and variants: as many as Telegram hands out in one file, and as can be held in memory
AT_ONCE = 300  # products and variants that are written while their sender waits
TAKEN_IN = "catalogue.imported"
LATELY = 20  # of each state, among which the last one of a file is looked for

Agreed = Callable[[AsyncSession], Awaitable[bool]]


class NotAgreed(Exception):  # noqa: N818  the way out of the transaction
    """The file would not do what its sender saw and agreed to, or it was taken in already."""


class Counts(Struct, frozen=True):
    """Products and variants by what became of them, and rows that were set aside."""

    new: int
    changed: int
    aside: int


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
    db: Database,
    by: By,
    content: bytes,
    *,
    seen: str,
    agreed: Agreed,
    sent: Sent,
    policy: Policy,
    clock: Clock,
) -> ImportReport:
    """Take the file in, page by page, if it still does what was `seen` (an outline) and `agreed` says so: once.

    `agreed` runs in the transaction that begins, so that a crash undoes both. What is in the chat and has more than
    AT_ONCE products and variants is only begun (the report says `running`). Raises NotAgreed, NotPermitted.
    """
    acting = _may(by)
    async with db.read() as session:
        before = await runs.newest(session, acting.owner_id)

    async def within(session: AsyncSession, report: ImportReport) -> None:
        # another list that came in meanwhile may have changed what this one does
        if outline(report) != seen or await runs.newest(session, acting.owner_id) != before:
            raise NotAgreed
        if not await agreed(session):
            raise NotAgreed
        counts = counts_of(report)
        data = {"new": counts.new, "changed": counts.changed, "aside": counts.aside}
        subject, now = f"file:{sent.mark}", clock.now()
        events.write(session, acting.actor, TAKEN_IN, subject, owner_id=acting.owner_id, data=data, now=now)

    return await import_bytes(
        db,
        content,
        owner_id=acting.owner_id,
        policy=policy,
        clock=clock,
        within=within,
        most=MOST,
        sent=replace(sent, actor=acting.actor),
        at_once=AT_ONCE if sent.file_id is not None else None,  # others have to read it anew
    )


async def taken(session: AsyncSession, by: By, mark: str, *, since: datetime) -> ImportRun | None:
    """What became of this file when it was taken in last; None: it was not, since then."""
    query = select(ImportRun).where(ImportRun.owner_id == _may(by).owner_id)
    found: list[ImportRun] = []
    for state in ImportState:  # each along the index
        wanted = query.where(ImportRun.state == state).order_by(ImportRun.id.desc()).limit(LATELY)
        found += [one for one in await session.scalars(wanted) if one.mark == mark and one.started_at >= since]
    return max(found, key=lambda one: one.id, default=None)


def _may(by: By) -> Acting:
    ask(by, Permission.STOCK)
    return ask(by, Permission.CATALOGUE)
