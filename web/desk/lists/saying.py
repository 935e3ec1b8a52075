"""What a list would change, and what became of it, in words."""

from datetime import datetime
from typing import Any

from db.models import ImportRun, ImportState
from shop.importing import ImportReport, Verdict, counts_of, may_be_undone
from web.desk.words import Words, mark

SHOWN = 100  # products and rows of a preview
FIELDS = {
    "name": mark("name"),
    "description": mark("description"),
    "category": mark("category"),
    "price": mark("price"),
    "stock": mark("stock"),
    "archived": mark("archived"),
    "draft": mark("draft"),
}
STATES = {
    ImportState.WRITING: mark("It is being taken in."),
    ImportState.WRITTEN: mark("It is taken in."),
    ImportState.UNDOING: mark("It is being undone."),
    ImportState.UNDONE: mark("It was undone."),
}


def preview(words: Words, report: ImportReport) -> dict[str, Any]:
    """What would change, product by product, as far as a page holds it."""
    counts = counts_of(report)
    moved = [diff for diff in report.diffs if diff.verdict is not Verdict.UNCHANGED]
    return {
        "new": counts.new,
        "changed": counts.changed,
        "unchanged": sum(diff.verdict is Verdict.UNCHANGED for diff in report.diffs),
        "lines": [
            {
                "name": diff.name,
                "sku": diff.sku,
                "new": diff.verdict is Verdict.NEW,
                "changes": [
                    {"field": words.plain(FIELDS.get(one.field, one.field)), "before": one.before, "after": one.after}
                    for one in diff.changes
                ],
            }
            for diff in moved[:SHOWN]
        ],
        "more": max(0, len(moved) - SHOWN),
        "aside": [str(one) for one in report.aside[:SHOWN]],
        "notes": [str(one) for one in report.notes[:SHOWN]],
        "problems": [str(one) for one in report.problems[:SHOWN]],
        "does_something": report.ok and bool(counts.new + counts.changed),
    }


def run(words: Words, one: ImportRun, now: datetime) -> dict[str, Any]:
    """A list that was taken in."""
    return {
        "id": one.id,
        "name": one.name,
        "at": words.datetime(one.started_at),
        "state": words.plain(STATES[one.state]),
        "new": one.new,
        "changed": one.changed,
        "aside": one.aside,
        "put_back": one.put_back,
        "kept": one.kept,
        "kept_count": one.kept_count,
        "is_undone": one.state is ImportState.UNDONE,
        "is_open": one.state in {ImportState.WRITING, ImportState.UNDOING},
        "may_be_undone": may_be_undone(one, now),
    }
