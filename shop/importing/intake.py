"""Taking what a file says into the shop: whose it is, what would change, and the one transaction that writes it."""

from collections.abc import Awaitable, Callable

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import User
from db.session import Database
from shop.clock import Clock
from shop.importing.applying import Applying
from shop.importing.compare import Plan, diffs, plan
from shop.importing.report import ImportReport, Note, Notes, Problem, Verdict
from shop.importing.seller import SeveralSellers, find_holder, find_seller, make_seller
from shop.importing.skus import settle
from shop.importing.stored import load_stored
from shop.importing.wanted import Wanted, everything
from shop.jobs.queues import queue_up
from shop.people import house
from shop.policy import Policy

Within = Callable[[AsyncSession, ImportReport], Awaitable[None]]

AT_THE_SAME_MOMENT = "the catalogue was changed by somebody else at the same moment; try again"


def silent(_done: int, _total: int) -> None:
    """Nobody watches."""


class _Share(Struct):
    """The goods of one seller in a file; `owner` is a Telegram id, None where the file does not say whose they are."""

    owner: int | None
    wanted: list[Wanted]


class Intake:
    """One import; nothing is kept unless `take` says that it was applied."""

    def __init__(
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
    ) -> None:
        """`within` runs in the transaction that writes, before anything is written; what it raises undoes it."""
        self._db, self._policy, self._clock = db, policy, clock
        self._telegram_id, self._owner_id = owner_telegram_id, owner_id
        self._strict, self._progress, self._within = strict, progress, within

    async def take(self, wanted: list[Wanted], report: ImportReport, *, dry_run: bool) -> ImportReport:
        """Settle, plan and (unless it is a dry run) write; the report says what became of every row."""
        if report.problems:
            return report
        notes = Notes()
        shares = self._shares(wanted)
        for share in shares:
            share.wanted = settle(share.wanted, report.aside, notes)
        report.notes += notes.all()
        read = _Said(list(report.aside), list(report.notes))
        async with self._db.read() as session:
            await self._plan(session, shares, report, read)
        if not self._may_apply(report) or dry_run:
            return report

        async def write(session: AsyncSession) -> None:
            now = self._clock.now()
            await queue_up(session, "import", now=now)
            if self._owner_id is None:
                await house.take_over(session, self._policy.operators, now=now)
            plans = await self._plan(session, shares, report, read, write=True)
            if self._may_apply(report):
                if self._within is not None:
                    await self._within(session, report)
                for owner_id, some in plans:
                    await Applying(
                        session, owner_id, low_stock_at=self._policy.low_stock_at, now=now, progress=self._progress
                    ).apply(some)

        try:
            await self._db.transact(write)
        except IntegrityError:
            report.problems.append(Problem(0, AT_THE_SAME_MOMENT))
        report.applied = report.ok
        return report

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
            report.problems.append(Problem(0, "nothing of it can be used"))
        elif self._strict and report.aside and not report.problems:
            report.problems.append(Problem(0, "rows that cannot be used refuse the whole file, as --strict asks"))
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
    many = "1 product is" if len(empty) == 1 else f"{len(empty):,} products are"
    return [Note(f"the file states no quantity: {many} sold out until /restock")]


def _whose(several: SeveralSellers) -> str:
    names = ", ".join(f"{each.name} (--owner {each.telegram_id})" for each in several.sellers[:10])
    return f"whose goods are they? These have them already: {names}"
