"""The question that is answered by a tap alone: whatever is written instead is no answer."""

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.parts.sure import SURE
from bot.sending.reply import Reply
from db.models import Dialog

router = Router()


async def no_more(_visit: Visit, _dialog: Dialog) -> Reply | None:
    """It is not asked again by itself: the person is shown what they went to."""
    return None


@router.dialog(SURE, leaves=CLOSES, again=no_more, takes="anything")
async def written(_visit: Visit, _dialog: Dialog, _said: Said) -> Reply | None:
    """No answer."""
    return None
