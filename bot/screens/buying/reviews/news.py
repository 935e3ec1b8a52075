"""What becomes of a review after it was written: its writer is told."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.reviews import news_views as views
from bot.sending.reply import Reply
from db.models import Notification
from shop import reviews

router = Router()


@router.notice("review_answered", "review_hidden", "review_shown")
async def review_news(visit: Visit, notification: Notification) -> Reply | None:
    """As it stands now; silence when it has changed back meanwhile, or is gone."""
    async with visit.db.read() as session:
        found = await reviews.find_own(session, visit.user, int(notification.data["review_id"]))
    if found is None:
        return None
    review = found.review
    if notification.kind == "review_answered":
        return views.answered(visit.words, found) if review.owner_reply and review.hidden_at is None else None
    if notification.kind == "review_hidden":
        return views.hidden(visit.words, found) if review.hidden_at is not None else None
    return views.shown(visit.words, found) if review.hidden_at is None else None
