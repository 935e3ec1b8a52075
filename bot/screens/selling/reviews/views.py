"""Reviews as their seller sees them: the list, one of them, and what is asked about it."""

from collections.abc import Sequence
from functools import partial

from bot.screens.buying.reviews.buttons import HideReview, OpenReviews
from bot.screens.parts import review_photos, ways
from bot.screens.selling.reviews.buttons import AnswerReview, DropAnswer, ListReceived, OpenReceived, ShowReview
from bot.sending.cutting import fit_plain
from bot.sending.reply import Key, Screen
from bot.words import Html, Words, mark
from db.models import Review
from shop.reviews import HIGHEST, Received, Which

PAGE = 6
SAID = 120  # letters of a comment in the list
WHICH = {
    Which.ALL: mark("All"),
    Which.UNANSWERED: mark("Unanswered"),
    Which.HIDDEN: mark("Hidden"),
}
STARS = (Which.ONE, Which.TWO, Which.THREE, Which.FOUR, Which.FIVE)


def received(words: Words, page: Sequence[Received], which: Which, *, first: bool, more: bool) -> Screen:
    """A page of the list; a tap opens one."""
    text = words("⭐ <b>Reviews of your goods</b>")
    if not page:
        text += "\n\n" + words("There are none.")
    for one in page:
        text += Html("\n\n") + _head(words, one)
        if one.review.comment:
            said = fit_plain(one.review.comment[: SAID + 1], SAID)
            text += words("\n<blockquote>{comment}</blockquote>", comment=said)
    opened = tuple(
        (Key(words.row(f"{_stars(one)} {one.review.user.name}", one.product), OpenReceived(one.review.id)),)
        for one in page
    )
    chosen = tuple(_chosen(words.plain(label), each, which) for each, label in WHICH.items())
    stars = tuple(_chosen(f"{words.number(int(each.value))}★", each, which) for each in STARS)
    newest = None if first else ListReceived(which)
    older = ListReceived(which, page[-1].review.id) if more else None
    return Screen(text, (*opened, chosen, stars, ways.pages(words, newest, older), (ways.home(words),)))


def one_received(words: Words, one: Received, *, may_show: bool, news: bool = False, note: str = "") -> Screen:
    """One review in full with what can be done about it; `news`: it just came."""
    review = one.review
    text = _head(words, one)
    if review.comment:
        text += words("\n<blockquote>{comment}</blockquote>", comment=review.comment)
    if review.owner_reply:
        text += words("\n<i>Your answer:</i> <blockquote>{reply}</blockquote>", reply=review.owner_reply)
    if review.hidden_at is not None:
        text += "\n\n" + words("🙈 Hidden: {reason}", reason=review.hidden_reason or "–")
    lead = words("⭐ <b>New review</b>") if news else Html(note)
    rows: list[tuple[Key, ...]] = []
    if review.owner_reply:
        rows.append(
            (
                Key(words.plain("✍️ Change the answer"), AnswerReview(review.id)),
                Key(words.plain("🗑 Take the answer back"), DropAnswer(review.id)),
            )
        )
    else:
        rows.append((Key(words.plain("✍️ Answer"), AnswerReview(review.id)),))
    if review.hidden_at is None:
        rows.append((Key(words.plain("🙈 Hide it"), HideReview(review.id, review.product_id)),))
    elif may_show:
        rows.append((Key(words.plain("👁 Show it again"), ShowReview(review.id)),))
    rows.append((Key(words.plain("★ At the product"), OpenReviews(review.product_id)),))
    rows.append((Key(words.plain("⭐ All reviews"), ListReceived()), ways.home(words)))
    return Screen(lead + "\n\n" + text if lead else text, tuple(rows))


def with_photos(words: Words, shown: Screen, review: Review, place: int, *, bot_id: int) -> Screen:
    """The same with the photo at this place (from 1), and keys to the others."""
    photos = review_photos.seen(review, bot_id)
    to = partial(OpenReceived, review.id)
    return review_photos.gallery(words, shown.text, photos, place, to, shown.keyboard)


def ask_answer(words: Words, one: Received) -> Screen:
    """Asks for the answer."""
    said = _head(words, one)
    if one.review.comment:
        said += words("\n<blockquote>{comment}</blockquote>", comment=one.review.comment)
    said += "\n\n" + words(
        "✍️ Write the answer. Everybody reads it below the review, and {name} is told.", name=one.review.user.name
    )
    return Screen(said, ((ways.back(words, OpenReceived(one.review.id)),),))


def ask_reason(words: Words, one: Received) -> Screen:
    """Asks why it shall be hidden."""
    said = _head(words, one) + "\n\n"
    said += words(
        "🙈 Why shall it be hidden? {name} reads the reason, and it is written down. Its stars do not count then.",
        name=one.review.user.name,
    )
    return Screen(said, ((ways.back(words, OpenReceived(one.review.id)),),))


def _head(words: Words, one: Received) -> Html:
    review = one.review
    return words(
        "{stars} <b>{name}</b> · {product} · {date}",
        stars=_stars(one),
        name=review.user.name,
        product=one.product,
        date=words.date(review.created_at),
    )


def _stars(one: Received) -> str:
    return "★" * one.review.rating + "☆" * (HIGHEST - one.review.rating)


def _chosen(label: str, each: Which, which: Which) -> Key:
    return Key(f"✓ {label}" if each is which else label, ListReceived(each))
