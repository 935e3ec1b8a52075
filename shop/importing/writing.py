"""Writing a list page by page: each in its own short transaction, which says how far the list is.

Whoever dies in the middle leaves whole pages and the number of the next one; others are served between two pages.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from msgspec import Struct
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import ImportRun
from db.session import Database
from shop.clock import Clock
from shop.importing import runs
from shop.importing.applying import Applying
from shop.importing.compare import Plan, diffs, plan
from shop.importing.matching import Elsewhere
from shop.importing.paging import claims, pages
from shop.importing.report import ImportReport, Problem, ProductDiff, Verdict
from shop.importing.saying import said
from shop.importing.stored import load_stored
from shop.importing.wanted import Wanted, everything
from shop.jobs.queues import queue_up
from shop.notifications import enqueue
from shop.policy import Policy

Tell = Callable[[int], Awaitable[None]]  # with the id of the run

TRIES = 3
TAKEN = "list_taken"  # what its sender is told when others have written it
BUSY = said("another list of this seller is on its way; try again in a minute")
AT_THE_SAME_MOMENT = said("the catalogue was changed by somebody else at the same moment; try again")


def silent(_done: int, _total: int) -> None:
    """Nobody watches."""


class Page(Struct, frozen=True):
    """Some products of a list, from one position to another; `elsewhere` says which SKUs other pages mean."""

    wanted: list[Wanted]
    start: int
    end: int
    elsewhere: Elsewhere


class Writing:
    """One list that was begun; with `tell` it is written for somebody who does not wait, and is told at the end."""

    def __init__(
        self,
        db: Database,
        policy: Policy,
        clock: Clock,
        run: ImportRun,
        *,
        progress: Callable[[int, int], None] = silent,
        tell: Tell | None = None,
    ) -> None:
        self._db, self._policy, self._clock, self._run = db, policy, clock, run
        self._progress, self._tell = progress, tell

    async def write(self, wanted: list[Wanted], plans: list[Plan], report: ImportReport) -> None:
        """Write what is not written yet; the report gets what became of it. `plans` are of all of `wanted`."""
        of_page = claims(wanted, plans)
        for start, end in pages(wanted, self._run.position):
            page = Page(wanted[start:end], start, end, of_page(start, end))
            problem = await self._write(page, report)
            if problem is not None:
                report.problems.append(Problem(0, problem))
                return
            self._progress(end, len(wanted))
            if self._tell is not None:
                await self._tell(self._run.id)
            await asyncio.sleep(0)  # SQLite works within the event loop: others are served in between
        await self.end()

    async def end(self) -> None:
        """Nothing of it comes any more."""
        await self._db.transact(self._end)

    async def _write(self, page: Page, report: ImportReport) -> str | None:
        """Write a page; what kept it from being written."""
        for _ in range(TRIES):
            try:
                aside, written = await self._db.transact(partial(self._write_page, page=page))
            except IntegrityError:
                continue  # somebody else took a SKU at the same moment: planned anew, that is seen
            except runs.Lost:
                return BUSY
            report.aside += aside
            report.diffs += written
            return None
        await self.end()
        return AT_THE_SAME_MOMENT

    async def _write_page(self, session: AsyncSession, *, page: Page) -> tuple[list[Problem], list[ProductDiff]]:
        now, run = self._clock.now(), self._run
        await queue_up(session, "import", now=now)
        await runs.step(session, run.id, position=page.start, to=page.end, now=now)
        skus = {sku for one in everything(page.wanted) for sku in (one.sku, *one.known_as)}
        aside: list[Problem] = []
        plans = plan(page.wanted, await load_stored(session, run.owner_id, skus), aside, page.elsewhere)
        remember = (run.id, page.start)
        mark = self._policy.low_stock_at
        await Applying(session, run.owner_id, low_stock_at=mark, now=now, remember=remember).apply(plans)
        written = diffs(plans)
        verdicts = [one.verdict for one in written]
        # what is set aside was counted when all of the file was looked at
        await runs.count(session, run.id, new=verdicts.count(Verdict.NEW), altered=verdicts.count(Verdict.CHANGED))
        return aside, written

    async def _end(self, session: AsyncSession) -> None:
        now, run = self._clock.now(), self._run
        if await runs.end(session, run.id, now=now) and self._tell is not None and run.user_id is not None:
            key = f"{TAKEN}:{run.id}"
            await enqueue(session, user_id=run.user_id, kind=TAKEN, data={"run_id": run.id}, dedupe_key=key, now=now)
