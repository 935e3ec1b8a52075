"""The guards of lists that are taken in page by page and put back."""

from tests.guards.guard import Guard

_PAGES = "tests/shop/importing/test_pages.py::"
_DIED = _PAGES + "test_a_list_whose_writer_died_goes_on_where_it_stopped_and_goes_back_the_same_way"

LISTS = (
    Guard(
        "A page of a list is written by who is at that page",
        "shop/importing/runs.py",
        "ImportRun.state == ImportState.WRITING, ImportRun.position == position)",
        "ImportRun.position >= 0)",
        _PAGES + "test_who_was_thought_dead_writes_nothing_over_what_others_did",
    ),
    Guard(
        "A list is held by one process at a time",
        "shop/importing/runs.py",
        "free = or_(ImportRun.lease_until.is_(None), ImportRun.lease_until <= now)",
        "free = ImportRun.id > 0",
        _DIED,
    ),
    Guard(
        "Stock that a list added goes back by the difference",
        "shop/importing/restocking.py",
        "left = max(there - added[number], held)",
        "left = max(added[number] - added[number], held)",
        "tests/stories/test_list_undone.py::test_a_list_is_undone_and_what_happened_since_stands",
    ),
)
