"""Taking what a file says into the shop: whose it is, what would change, and the beginning of the writing."""

from collections.abc import Awaitable, Callable
from functools import partial

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import ImportRun, User
from db.session import Database
from shop.clock import Clock
from shop.importing import runs
from shop.importing.compare import Plan, diffs, plan
from shop.importing.report import ImportReport, Note, Notes, Problem, Verdict
from shop.importing.runs import Sent
from shop.importing.saying import said
from shop.importing.seller import SeveralSellers, find_holder, find_seller, make_seller
from shop.importing.skus import settle
from shop.importing.stored import load_stored
from shop.importing.wanted import Wanted, everything
from shop.importing.writing import AT_THE_SAME_MOMENT, BUSY, Tell, Writing, silent
from shop.jobs.queues import queue_up
from shop.people import house
from shop.policy import Policy

Within = Callable[[AsyncSession, ImportReport], Awaitable[None]]


class _Share(Struct):
    """The goods of one seller in a file; `owner` is a Telegram id, None where the file does not say whose they are."""

    owner: int | None
    wanted: list[Wanted]


class Intake:
    """One import; nothing is kept unless `take` says that it was applied."""

    def __init__(  # noqa: PLR0913  the choices of one import
        self,
        db: Database,
        policy: Policy,
        clock: Clock,
        *,
        owner_telegram_id: int | None = None,
        owner_id: int | None = None,
        strict: bool = False,
        progress: Callable[[int, int], None] = silent,
        within: Within | None = None,
        sent: Sent | None = None,
        at_once: int | None = None,
    ) -> None:
        """`within` runs in the transaction that begins, before anything is written; what it raises undoes it.

        Where there are more than `at_once` products and variants, others write them (`going_on`).
        """
        self._db, self._policy, self._clock = db, policy, clock
        self._telegram_id, self._owner_id = owner_telegram_id, owner_id
        self._strict, self._progress, self._within = strict, progress, within
        self._sent, self._at_once = sent or Sent(), at_once

    async def take(self, wanted: list[Wanted], report: ImportReport, *, dry_run: bool) -> ImportReport:
        """Settle, plan and (unless it is a dry run) write; the report says what became of every row."""
        if report.problems:
            return report
        shares = self._settled(wanted, report)
        read = _Said(list(report.aside), list(report.notes))
        async with self._db.read() as session:
            plans = await self._plan(session, shares, report, read)
        if not self._may_apply(report) or dry_run:
            return report
        items = sum(len(everything(share.wanted)) for share in shares)
        others = self._at_once is not None and items > self._at_once
        try:
            begun = await self._db.transact(partial(self._begin, shares=shares, report=report, others=others))
        except runs.Busy:
            report.problems.append(Problem(0, BUSY))
            return report
        except IntegrityError:
            report.problems.append(Problem(0, AT_THE_SAME_MOMENT))
            return report
        report.runs = [run.id for run in begun]
        report.running = others
        if others:
            return report
        report.diffs, report.aside = [], list(read.aside)
        for share, run, (_, some) in zip(shares, begun, plans, strict=True):
            writing = Writing(self._db, self._policy, self._clock, run, progress=self._progress)
            await writing.write(share.wanted, some, report)
        report.aside.sort()
        report.applied = report.ok
        return report

    async def resume(self, run: ImportRun, wanted: list[Wanted], report: ImportReport, tell: Tell) -> None:
        """Write what is left of a list that was begun, page by page; `tell` is called after each."""
        writing = Writing(self._db, self._policy, self._clock, run, tell=tell)
        shares = self._settled(wanted, report)
        if report.problems or [len(share.wanted) for share in shares] != [run.total]:  # it is not what it was
            await writing.end()
            return
        async with self._db.read() as session:
            plans = await self._plan(session, shares, report, _Said(list(report.aside), []))
        await writing.write(shares[0].wanted, plans[0][1], report)

    def _settled(self, wanted: list[Wanted], report: ImportReport) -> list[_Share]:
        notes = Notes()
        shares = self._shares(wanted)
        for share in shares:
            share.wanted = settle(share.wanted, report.aside, notes)
        report.notes += notes.all()
        return shares

    async def _begin(
        self, session: AsyncSession, *, shares: list[_Share], report: ImportReport, others: bool
    ) -> list[ImportRun]:
        now = self._clock.now()
        await queue_up(session, "import", now=now)
        if self._owner_id is None:
            await house.take_over(session, self._policy.operators, now=now)
        if self._within is not None:
            await self._within(session, report)
        batch, begun = runs.new_batch(), []
        for place, share in enumerate(shares):
            owner_id = await self._owner(session, share, write=True)
            total, aside = len(share.wanted), 0 if place else len(report.aside)
            run = await runs.begin(session, owner_id or 0, self._sent, batch=batch, total=total, aside=aside, now=now)
            if others:
                run.lease_until = None
            begun.append(run)
        return begun

    def _shares(self, wanted: list[Wanted]) -> list[_Share]:
        """The goods by seller; who is named beside the file wins over its column."""
        named = self._telegram_id is not None or self._owner_id is not None
        shares: dict[int | None, _Share] = {}
        for one in wanted:
            owner = self._telegram_id if named else one.owner
            shares.setdefault(owner, _Share(owner, [])).wanted.append(one)
        return list(shares.values())

    def _may_apply(self, report: ImportReport) -> bool:
        if not report.diffs and not report.problems:
            report.problems.append(Problem(0, said("nothing of it can be used")))
        elif self._strict and report.aside and not report.problems:
            report.problems.append(Problem(0, said("rows that cannot be used refuse the whole file, as --strict asks")))
        return report.ok

    async def _plan(
        self, session: AsyncSession, shares: list[_Share], report: ImportReport, read: "_Said", *, write: bool = False
    ) -> list[tuple[int, list[Plan]]]:
        """The plans by seller; the report says what they say, however often it is planned."""
        aside, plans, names = list(read.aside), [], []
        for share in shares:
            try:
                owner_id = await self._owner(session, share, write=write)
            except SeveralSellers as several:
                report.problems = [Problem(0, _whose(several))]
                return []
            skus = {sku for one in everything(share.wanted) for sku in (one.sku, *one.known_as)}
            stored = await load_stored(session, owner_id, skus) if owner_id else {}
            plans.append((owner_id or 0, plan(share.wanted, stored, aside)))
            name = await session.scalar(select(User.name).where(User.id == owner_id)) if owner_id else None
            names.append(name or self._policy.shop_name)
        report.sellers = tuple(names)
        report.aside = sorted(aside)
        report.diffs = diffs([one for _, some in plans for one in some])
        report.notes = [*read.notes, *_of_stock([one for _, some in plans for one in some])]
        return plans

    async def _owner(self, session: AsyncSession, share: _Share, *, write: bool) -> int | None:
        if self._owner_id is not None:
            return self._owner_id
        if share.owner is not None:
            found = await find_seller(session, share.owner or None, self._policy)
        else:
            skus = [one.sku for one in everything(share.wanted)]
            found = await find_holder(session, skus, self._policy)
        if found is None and write:
            return await make_seller(session, share.owner or None, self._policy, now=self._clock.now())
        return found


class _Said(Struct):
    """What reading the file had to say, before it was held against the shop."""

    aside: list[Problem]
    notes: list[Note]


def _of_stock(plans: list[Plan]) -> list[Note]:
    """The one note about what comes in without a quantity."""
    empty = [
        one
        for top in plans
        for one in (top, *top.variants)
        if one.verdict is Verdict.NEW and not one.wanted.is_parent and one.wanted.quantity is None
    ]
    if not empty:
        return []
    if len(empty) == 1:
        return [Note(said("the file states no quantity: 1 product is sold out until /restock"))]
    many = format(len(empty), ",")
    return [Note(said("the file states no quantity: {n} products are sold out until /restock", n=many))]


def _whose(several: SeveralSellers) -> str:
    names = ", ".join(f"{each.name} (--owner {each.telegram_id})" for each in several.sellers[:10])
    return said("whose goods are they? These have them already: {names}", names=names)
