"""Questions that wait for a text: forgotten when the person walks away, most of them also when it takes too long.

Otherwise a word meant for the search would become the new name of a product, or what everybody reads in a review. The
form for a new product is no such question: it waits for days.
"""

from datetime import timedelta

from bot.visit import Visit
from db.models import Dialog
from shop import dialogs
from shop.dialogs import OpenForm

KEPT = "kept"  # the step of an answer that waits for what comes next
CHANGING = "changing"  # such an answer is asked for again; until it comes, the one that was kept stands
QUESTIONS = frozenset(
    {
        *("restock", "edit_product", "add_variant", "appoint", "sale_tracking", "sale_message", "sale_reason"),
        *("review_comment", "checkout_note", "problem", "address"),
    }
)
PATIENCE = timedelta(minutes=15)


def is_forgotten(visit: Visit, dialog: Dialog) -> bool:
    """Whether the question was asked so long ago that a text is hardly its answer."""
    return visit.now() - dialog.updated_at > PATIENCE


async def walk_away(visit: Visit) -> None:
    """The person opened another part of the shop: nothing is asked any more."""
    await leave(visit, await dialogs.open_form(visit.db, visit.user))


async def leave(visit: Visit, form: OpenForm | None) -> None:
    """The same, where somebody looked already which form is open."""
    if form is None or form.kind not in QUESTIONS or form.step == KEPT:
        return
    async with visit.db.begin() as session:
        if form.step == CHANGING:
            await dialogs.update(session, visit.user, step=KEPT, kind=form.kind, now=visit.now())
        else:
            await dialogs.finish(session, visit.user, form.kind)
