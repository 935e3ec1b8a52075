"""Reviews: stars in one tap, words if wanted, both changed whenever the buyer likes."""

from collections.abc import Sequence

from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncSession

from bot.routing.router import CLOSES, MORE, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.buying.catalogue.buttons import OpenResults
from bot.screens.buying.reviews import views
from bot.screens.buying.reviews.buttons import (
    DropComment,
    DropPhotos,
    MeantSearch,
    OpenRating,
    OpenRatings,
    OpenReview,
    OpenReviews,
    Rate,
    WriteComment,
)
from bot.screens.parts.queries import short
from bot.sending.reply import Lead, Reply
from db.models import Dialog, Notification, Permission, Review
from shop import catalog, reviews
from shop.forms import dialogs
from shop.refusals import NotFound
from shop.reviews import MOST_PHOTOS, Reviewable, Shot

PAGE = 5
FORM = "review_comment"

router = Router()


@router.button(OpenRatings)
async def open_ratings(visit: Visit, pressed: OpenRatings) -> Reply:
    """Everything that was bought in an order."""
    async with visit.db.read() as session:
        products = await reviews.reviewable(session, visit.user, pressed.order_id)
    return views.ratings(visit.words, pressed.order_id, products)


@router.notice("review_request")
async def review_request(visit: Visit, notification: Notification) -> Reply:
    """Ask for stars."""
    order_id = int(notification.data["order_id"])
    async with visit.db.read() as session:
        products = await reviews.reviewable(session, visit.user, order_id)
    return views.ratings(visit.words, order_id, products, request=True)


@router.button(OpenRating)
async def open_rating(visit: Visit, pressed: OpenRating) -> Reply:
    """One product of it."""
    return await _show(visit, pressed.order_id, pressed.product_id)


@router.button(Rate, asks=FORM)
async def rate(visit: Visit, pressed: Rate) -> Reply:
    """So many stars; who writes next says why, unless words are there already, or something else waits for words."""
    async with visit.db.begin() as session:
        await reviews.rate(session, visit.user, pressed.product_id, pressed.stars, now=visit.now())
        products = await reviews.reviewable(session, visit.user, pressed.order_id)
        product = _one(products, pressed.product_id)
        asked = product.comment is None and not await dialogs.keeps_anything(session, visit.user)
        if asked:
            await _listen(visit, session, pressed.order_id, product)
    words = visit.words
    alone = len(products) == 1
    return views.rating(words, pressed.order_id, product, alone=alone, asked=asked, toast=words.plain("Thank you."))


@router.button(WriteComment, asks=FORM)
async def write_comment(visit: Visit, pressed: WriteComment) -> Reply:
    """Ask for the words."""
    async with visit.db.begin() as session:
        products = await reviews.reviewable(session, visit.user, pressed.order_id)
        product = _one(products, pressed.product_id)
        await _listen(visit, session, pressed.order_id, product)
    return views.ask_comment(visit.words, pressed.order_id, product)


async def once_more(visit: Visit, dialog: Dialog) -> Reply | None:
    """The question again, as long as it is one."""
    if dialog.step == MORE:
        return None
    order_id = int(dialog.data["order_id"])
    async with visit.db.read() as session:
        products = await reviews.reviewable(session, visit.user, order_id)
    return views.ask_comment(visit.words, order_id, _one(products, int(dialog.data["product_id"])))


@router.dialog(FORM, leaves=CLOSES, again=once_more, takes="anything")
async def comment_written(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """Keep the words and the photo, and say that everybody sees them: they may have been meant for something else."""
    if said.photo_file_id is None and (dialog.step == MORE or not said.text):
        return None
    order_id, product_id = int(dialog.data["order_id"]), int(dialog.data["product_id"])
    follows = dialog.step == MORE and said.album is not None and said.album == dialog.data.get("album")
    async with visit.db.begin() as session:
        before = await reviews.find_mine(session, visit.user, product_id)
        first = before is not None and before.comment is None and said.photo_file_id is None
        photo = None if said.photo_file_id is None else Shot(said.photo_file_id, visit.bot_id)
        full = photo is not None and before is not None and _is_full(before, photo)
        if said.text or not full:
            photo = None if full else photo
            await reviews.comment(session, visit.user, product_id, said.text, photo=photo, now=visit.now())
        about = {"order_id": order_id, "product_id": product_id, "album": said.album}
        await dialogs.start(session, visit.user, FORM, MORE, about, now=visit.now())
        products = await reviews.reviewable(session, visit.user, order_id)
    product = _one(products, product_id)
    screen = views.published(visit.words, order_id, product, alone=len(products) == 1, first=first, full=full)
    return replace(screen, instead_of=dialog.message_id) if follows else screen


@router.button(DropPhotos)
async def drop_photos(visit: Visit, pressed: DropPhotos) -> Reply:
    """The words alone."""
    async with visit.db.begin() as session:
        await reviews.drop_photos(session, visit.user, pressed.product_id, now=visit.now())
    return await _show(visit, pressed.order_id, pressed.product_id)


@router.button(MeantSearch)
async def meant_search(visit: Visit, pressed: MeantSearch) -> Reply:
    """Take the words back, and look for them."""
    async with visit.db.begin() as session:
        mine = await reviews.find_mine(session, visit.user, pressed.product_id)
        text = "" if mine is None else mine.comment or ""
        if text:
            await reviews.take_back(session, visit.user, pressed.product_id, now=visit.now())
    query = short(text)
    if not query:
        return await _show(visit, pressed.order_id, pressed.product_id)
    return Lead(OpenResults(query))


@router.button(DropComment)
async def drop_comment(visit: Visit, pressed: DropComment) -> Reply:
    """No words (any more)."""
    if not pressed.keep:
        async with visit.db.begin() as session:
            await reviews.take_back(session, visit.user, pressed.product_id, now=visit.now())
    return await _show(visit, pressed.order_id, pressed.product_id)


@router.button(OpenReviews)
async def open_reviews(visit: Visit, pressed: OpenReviews) -> Reply:
    """What people said about a product."""
    async with visit.db.read() as session:
        card = await catalog.get_product(session, pressed.product_id, now=visit.now())
        found = await reviews.list_reviews(
            session, card.id, after_id=pressed.after, stars=pressed.stars, photos=pressed.photos, limit=PAGE + 1
        )
        theirs = visit.seller.everything or card.owner_id == visit.seller.owner_id
        may_hide = theirs and visit.seller.may(Permission.ORDERS)
    page = found[:PAGE]
    return views.page(
        visit.words,
        card.said_in(visit.words.language).name,
        page,
        replace(pressed, product_id=card.id),
        following=page[-1].id if len(found) > PAGE else None,
        may_hide=may_hide,
        bot_id=visit.bot_id,
    )


@router.button(OpenReview)
async def open_review(visit: Visit, pressed: OpenReview) -> Reply:
    """One of them: its photo, or all of its words."""
    async with visit.db.read() as session:
        review = await reviews.get_shown(session, pressed.review_id)
    return views.review(visit.words, review, pressed, bot_id=visit.bot_id)


async def _listen(visit: Visit, session: AsyncSession, order_id: int, product: Reviewable) -> None:
    about = {"order_id": order_id, "product_id": product.product_id}
    await dialogs.start(session, visit.user, FORM, "text", about, now=visit.now())


def _is_full(review: Review, photo: Shot) -> bool:
    known = reviews.photos_of(review)
    return len(known) >= MOST_PHOTOS and photo not in known


async def _show(visit: Visit, order_id: int, product_id: int) -> Reply:
    async with visit.db.read() as session:
        products = await reviews.reviewable(session, visit.user, order_id)
    product = _one(products, product_id)
    return views.rating(visit.words, order_id, product, alone=len(products) == 1)


def _one(products: Sequence[Reviewable], product_id: int) -> Reviewable:
    found = next((product for product in products if product.product_id == product_id), None)
    if found is None:
        raise NotFound(product_id=product_id)
    return found
