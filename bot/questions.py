"""Sellers' questions that wait for one text: forgotten when the person walks away or takes too long.

Otherwise a word meant for the search would become the new name of a product. The form for a new product is no such
question: it waits for days.
"""

from datetime import timedelta

from bot.visit import Visit
from db.models import Dialog
from shop import dialogs

QUESTIONS = frozenset(
    {"restock", "edit_product", "add_variant", "appoint", "sale_tracking", "sale_message", "sale_reason"}
)
PATIENCE = timedelta(minutes=15)


def is_forgotten(visit: Visit, dialog: Dialog) -> bool:
    """Whether the question was asked so long ago that a text is hardly its answer."""
    return visit.now() - dialog.updated_at > PATIENCE


async def walk_away(visit: Visit) -> None:
    """The person opened another part of the shop: nothing is asked any more."""
    if not visit.is_owner:
        return
    async with visit.db.read() as session:
        dialog = await dialogs.current(session, visit.user)
    if dialog is not None and dialog.kind in QUESTIONS:
        async with visit.db.begin() as session:
            await dialogs.finish(session, visit.user, dialog.kind)
