"""Reviews: giving stars and words, and reading what others said."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.buttons.catalogue import OpenProduct
from bot.buttons.orders import OpenOrder
from bot.buttons.reviews import DropComment, HideReview, OpenRating, OpenRatings, OpenReviews, Rate, WriteComment
from bot.cutting import fit_plain
from bot.reply import Key, Screen
from bot.views import ways
from bot.words import Words
from db.models import Review
from shop.reviews import HIGHEST, Reviewable

SAID, ANSWERED = 550, 200  # characters of a comment and of its answer: five of both fit into a message


def ratings(words: Words, order_id: int, products: Sequence[Reviewable], *, request: bool = False) -> Screen:
    """Every product of an order with the stars it has; one product is asked about at once."""
    if len(products) == 1:
        return rating(words, order_id, products[0], alone=True, request=request)
    return Screen(
        words("⭐ How do you like what you bought in order {number}?", number=order_id),
        (
            *((Key(_named(words, product), OpenRating(order_id, product.product_id)),) for product in products),
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
    said = [words("⭐ How do you like <b>{product}</b>?", product=product.name)]
    if product.rating is not None:
        said = [words("<b>{product}</b>", product=product.name), words("{stars}", stars=drawn(product.rating))]
    if product.comment:
        said.append(words("<blockquote>{comment}</blockquote>", comment=product.comment))
    elif asked:
        said.append(words("Would you like to say why? Write it here."))
    rows = [
        tuple(
            Key(_star(words, stars, product.rating), Rate(order_id, product.product_id, stars))
            for stars in range(1, HIGHEST + 1)
        )
    ]
    if product.rating is not None and not asked:
        change = words.plain("✍️ Change your words") if product.comment else words.plain("✍️ Say why")
        rows.append((Key(change, WriteComment(order_id, product.product_id)),))
    back = OpenOrder(order_id) if alone else OpenRatings(order_id)
    rows.append((ways.home(words),) if request else (ways.back(words, back), ways.home(words)))
    return Screen("\n".join(said), tuple(rows), toast=toast)


def ask_comment(words: Words, order_id: int, product: Reviewable) -> Screen:
    """Asks for the words."""
    said = words("✍️ What would you tell others about <b>{product}</b>? Write it here.", product=product.name)
    keys = [Key(words.plain("✕ Never mind"), DropComment(order_id, product.product_id, keep=True))]
    if product.comment:
        said += words("\n\nNow it says: <blockquote>{comment}</blockquote>", comment=product.comment)
        keys.insert(0, Key(words.plain("🗑 Take it back"), DropComment(order_id, product.product_id)))
    return Screen(said, (tuple(keys),))


def page(
    words: Words,
    product_id: int,
    name: str,
    reviews: Sequence[Review],
    *,
    first: bool,
    following: int | None,
    may_hide: bool,
) -> Screen:
    """What people said, newest first."""
    if not reviews:
        text = words("★ <b>{product}</b>\n\nNobody has reviewed it yet.", product=name)
    else:
        text = words("★ <b>{product}</b>", product=name) + Markup("").join(_review(words, review) for review in reviews)
    newest = None if first else OpenReviews(product_id)
    older = OpenReviews(product_id, following) if following is not None else None
    hiding = tuple(
        (Key(words.plain("🙈 Hide what {name} said", name=review.user.name), HideReview(review.id, product_id)),)
        for review in (reviews if may_hide else ())
    )
    return Screen(
        text, (*hiding, ways.pages(words, newest, older), (ways.back(words, OpenProduct(product_id)), ways.home(words)))
    )


def drawn(stars: int) -> str:
    """★★★★☆."""
    return "★" * stars + "☆" * (HIGHEST - stars)


def _star(words: Words, stars: int, given: int | None) -> str:
    number = words.number(stars)
    return f"✓ {number}" if stars == given else f"★ {number}"


def _named(words: Words, product: Reviewable) -> str:
    if product.rating is None:
        return product.name
    return words.plain("{product} · {stars}", product=product.name, stars=drawn(product.rating))


def _review(words: Words, review: Review) -> Markup:
    said = words(
        "\n\n{stars} <b>{name}</b> · {date}",
        stars=drawn(review.rating),
        name=review.user.name,
        date=words.date(review.created_at),
    )
    if review.comment:
        said += words("\n<blockquote>{comment}</blockquote>", comment=fit_plain(review.comment, SAID))
    if review.owner_reply:
        said += words("\n<i>The seller: {reply}</i>", reply=fit_plain(review.owner_reply, ANSWERED))
    return said
