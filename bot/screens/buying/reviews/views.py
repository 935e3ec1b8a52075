"""Reviews: giving stars and words, and reading what others said."""

from collections.abc import Sequence

from markupsafe import Markup
from msgspec.structs import replace

from bot.screens.buying.catalogue.buttons import OpenProduct
from bot.screens.buying.news.buttons import WantKind
from bot.screens.buying.orders.buttons import OpenOrder
from bot.screens.buying.reviews.buttons import (
    DropComment,
    DropPhotos,
    HideReview,
    MeantSearch,
    OpenRating,
    OpenRatings,
    OpenReview,
    OpenReviews,
    Rate,
    WriteComment,
)
from bot.screens.parts import review_photos, ways
from bot.sending.cutting import fit_plain
from bot.sending.reply import Key, Screen
from bot.words import Words
from db.models import Review
from shop.people.optouts import REVIEWS
from shop.reviews import COMMENT_LENGTH, HIGHEST, MOST_PHOTOS, Reviewable

SHORT = 25  # characters: hardly a review, perhaps a search
SAID, ANSWERED = 550, 200  # characters of a comment and of its answer: five of both fit into a message


def ratings(words: Words, order_id: int, products: Sequence[Reviewable], *, request: bool = False) -> Screen:
    """Every product of an order with the stars it has; one product is asked about at once."""
    if len(products) == 1:
        return rating(words, order_id, products[0], alone=True, request=request)
    return Screen(
        words("⭐ How do you like what you bought in order {number}?", number=order_id),
        (
            *((Key(_named(words, product), OpenRating(order_id, product.product_id)),) for product in products),
            *(((Key(words.plain("🔕 Never ask me for stars"), WantKind(REVIEWS, wanted=False)),),) if request else ()),
            (Key(words.plain("📦 Order {number}", number=order_id), OpenOrder(order_id)), ways.home(words)),
        ),
    )


def rating(
    words: Words,
    order_id: int,
    product: Reviewable,
    *,
    alone: bool,
    request: bool = False,
    asked: bool = False,
    toast: str | None = None,
) -> Screen:
    """One product: five stars in a row, and what was said; `asked`: what is written next is taken for it."""
    said = [words("⭐ How do you like <b>{product}</b>?", product=product.name_in(words.language))]
    if product.rating is not None:
        said = [
            words("<b>{product}</b>", product=product.name_in(words.language)),
            words("{stars}", stars=drawn(product.rating)),
        ]
    if product.comment:
        said.append(words("<blockquote>{comment}</blockquote>", comment=product.comment))
    elif asked:
        said.append(words("Would you like to say why? Write it here, or send a photo: everybody can see it then."))
    if product.photos:
        said.append(words.n("📷 With your photo", "📷 With your {n} photos", product.photos))
    rows = [
        tuple(
            Key(_star(words, stars, product.rating), Rate(order_id, product.product_id, stars))
            for stars in range(1, HIGHEST + 1)
        )
    ]
    if product.rating is not None and not asked:
        change = words.plain("✍️ Change your words") if product.comment else words.plain("✍️ Say why")
        rows.append((Key(change, WriteComment(order_id, product.product_id)),))
    if product.photos and not asked:
        label = words.plain_n("🗑 Remove the photo", "🗑 Remove the photos", product.photos)
        rows.append((Key(label, DropPhotos(order_id, product.product_id)),))
    back = OpenOrder(order_id) if alone else OpenRatings(order_id)
    if request:
        rows.append((Key(words.plain("🔕 Never ask me for stars"), WantKind(REVIEWS, wanted=False)),))
    rows.append((ways.home(words),) if request else (ways.back(words, back), ways.home(words)))
    return Screen("\n".join(said), tuple(rows), toast=toast)


def published(words: Words, order_id: int, product: Reviewable, *, alone: bool, first: bool, full: bool) -> Screen:
    """What everybody can read now, and the ways to take it back.

    `first`: it may be no review at all; `full`: the photo that came last is one too many.
    """
    shown = rating(words, order_id, product, alone=alone)
    undo = [(Key(words.plain("🗑 Take it back"), DropComment(order_id, product.product_id)),)]
    comment = product.comment or ""
    if first and len(comment) <= SHORT:
        sought = words.plain("🔍 I was looking for “{query}”", query=comment)
        undo.insert(0, (Key(sought, MeantSearch(order_id, product.product_id)),))
    text = words("✅ Everybody can read this at the product now. A photo that you send now goes with it.")
    if product.photos >= MOST_PHOTOS:
        text = words("✅ Everybody can read this at the product now.")
    if full:
        text = words.n(
            "⚠️ A review has at most {n} photo. Remove it to send another one.",
            "⚠️ A review has at most {n} photos. Remove them to send others.",
            MOST_PHOTOS,
        )
    return replace(shown, text=f"{shown.text}\n\n{text}", keyboard=(*shown.keyboard[:-1], *undo, shown.keyboard[-1]))


def ask_comment(words: Words, order_id: int, product: Reviewable) -> Screen:
    """Asks for the words."""
    said = words(
        "✍️ What would you tell others about <b>{product}</b>? Write it here.", product=product.name_in(words.language)
    )
    keys = [Key(words.plain("✕ Never mind"), DropComment(order_id, product.product_id, keep=True))]
    if product.comment:
        said += words("\n\nNow it says: <blockquote>{comment}</blockquote>", comment=product.comment)
        keys.insert(0, Key(words.plain("🗑 Take it back"), DropComment(order_id, product.product_id)))
    return Screen(said, (tuple(keys),))


def page(
    words: Words,
    name: str,
    reviews: Sequence[Review],
    at: OpenReviews,
    *,
    following: int | None,
    may_hide: bool,
    bot_id: int,
) -> Screen:
    """What people said, newest first; `at` is the page that is shown, with its stars or its photos."""
    filtered = at.stars is not None or at.photos
    if reviews:
        text = words("★ <b>{product}</b>", product=name) + Markup("").join(_review(words, review) for review in reviews)
    elif filtered:
        text = words("★ <b>{product}</b>\n\nNone of the reviews is like that.", product=name)
    else:
        text = words("★ <b>{product}</b>\n\nNobody has reviewed it yet.", product=name)
    newest = None if at.after is None else replace(at, after=None)
    older = replace(at, after=following) if following is not None else None
    hiding = tuple(
        (Key(words.plain("🙈 Hide what {name} said", name=review.user.name), HideReview(review.id, at.product_id)),)
        for review in (reviews if may_hide else ())
    )
    reading = tuple(row for review in reviews if (row := _more(words, review, at, bot_id)))
    return Screen(
        text,
        (
            *reading,
            *hiding,
            _filters(words, at) if reviews or filtered else (),
            ways.pages(words, newest, older),
            (ways.back(words, OpenProduct(at.product_id)), ways.home(words)),
        ),
    )


def _filters(words: Words, at: OpenReviews) -> tuple[Key, ...]:
    """Only so many stars, or only with photos; the chosen one tapped again shows all."""
    keys = []
    for stars in range(HIGHEST, 0, -1):
        chosen = at.stars == stars
        wanted = OpenReviews(at.product_id, stars=None if chosen else stars, photos=at.photos)
        keys.append(Key(f"✓ {words.number(stars)}★" if chosen else f"{words.number(stars)}★", wanted))
    with_photos = OpenReviews(at.product_id, stars=at.stars, photos=not at.photos)
    return (*keys, Key("✓ 📷" if at.photos else "📷", with_photos))


def review(words: Words, one: Review, at: OpenReview, *, bot_id: int) -> Screen:
    """All that somebody said, or one of the photos with the beginning of it."""
    back = OpenReviews(at.product_id, at.after, at.stars, photos=at.photos)
    photos = review_photos.seen(one, bot_id) if at.photo else []
    text = _review(words, one) if photos else _review(words, one, said=COMMENT_LENGTH, answered=COMMENT_LENGTH)
    rows = [(ways.back(words, back), ways.home(words))]
    return review_photos.gallery(words, text.strip(), photos, at.photo, lambda place: replace(at, photo=place), rows)


def drawn(stars: int) -> str:
    """★★★★☆."""
    return "★" * stars + "☆" * (HIGHEST - stars)


def _star(words: Words, stars: int, given: int | None) -> str:
    number = words.number(stars)
    return f"✓ {number}" if stars == given else f"★ {number}"


def _named(words: Words, product: Reviewable) -> str:
    if product.rating is None:
        return product.name_in(words.language)
    return words.plain("{product} · {stars}", product=product.name_in(words.language), stars=drawn(product.rating))


def _more(words: Words, review: Review, at: OpenReviews, bot_id: int) -> tuple[Key, ...]:
    """The keys to what of a review does not fit on the page."""
    keys = []
    if count := len(review_photos.seen(review, bot_id)):
        label = words.plain_n("📷 Photo by {name}", "📷 {n} photos by {name}", count, name=review.user.name)
        keys.append(Key(label, OpenReview(review.id, at.product_id, at.after, 1, at.stars, at.photos)))
    if len(review.comment or "") > SAID or len(review.owner_reply or "") > ANSWERED:
        label = words.plain("📖 All that {name} wrote", name=review.user.name)
        keys.append(Key(label, OpenReview(review.id, at.product_id, at.after, 0, at.stars, at.photos)))
    return tuple(keys)


def _review(words: Words, review: Review, *, said: int = SAID, answered: int = ANSWERED) -> Markup:
    text = words(
        "\n\n{stars} <b>{name}</b> · {date}",
        stars=drawn(review.rating),
        name=review.user.name,
        date=words.date(review.created_at),
    )
    if review.comment:
        text += words("\n<blockquote>{comment}</blockquote>", comment=fit_plain(review.comment[: said + 1], said))
    if review.owner_reply:
        reply = fit_plain(review.owner_reply[: answered + 1], answered)
        text += words("\n<i>The seller:</i> <blockquote>{reply}</blockquote>", reply=reply)
    return text
