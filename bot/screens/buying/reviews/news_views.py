"""What the writer of a review is told about it."""

from bot.screens.buying.orders.buttons import TellProblem
from bot.screens.buying.reviews.buttons import OpenRating, OpenReviews
from bot.sending.reply import Key, Screen
from bot.words import Words
from shop.reviews import Received


def answered(words: Words, one: Received) -> Screen:
    """The seller answered."""
    said = words("💬 The seller answered your review of <b>{product}</b>.", product=one.product)
    said += words("\n<blockquote>{reply}</blockquote>", reply=one.review.owner_reply or "")
    return Screen(said, (_reviews(words, one), _change(words, one)))


def hidden(words: Words, one: Received) -> Screen:
    """It is not shown any more, and why."""
    said = words("🙈 Your review of <b>{product}</b> is not shown any more.", product=one.product)
    if one.review.hidden_reason:
        said += words("\nReason: <blockquote>{reason}</blockquote>", reason=one.review.hidden_reason)
    problem = (Key(words.plain("💬 Write to the seller"), TellProblem(one.review.order_id)),)
    return Screen(said, (_change(words, one), problem))


def shown(words: Words, one: Received) -> Screen:
    """It can be read again."""
    said = words("👁 Your review of <b>{product}</b> is shown again.", product=one.product)
    return Screen(said, (_reviews(words, one),))


def _reviews(words: Words, one: Received) -> tuple[Key, ...]:
    return (Key(words.plain("★ At the product"), OpenReviews(one.review.product_id)),)


def _change(words: Words, one: Received) -> tuple[Key, ...]:
    return (Key(words.plain("✍️ Change my review"), OpenRating(one.review.order_id, one.review.product_id)),)
