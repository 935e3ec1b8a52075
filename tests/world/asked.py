"""A scene for every kind of dialog: who is asked, and what they do to be asked."""

import itertools
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from bot.screens.buying.cart.buttons import TypeCode
from bot.screens.buying.checkout.buttons import PayOrder, WriteNote
from bot.screens.buying.checkout.present_buttons import AskPresent
from bot.screens.buying.credit.buttons import TypeCard
from bot.screens.buying.orders.buttons import TellProblem
from bot.screens.buying.returns.buttons import AskReturn
from bot.screens.buying.reviews.buttons import HideReview, WriteComment
from bot.screens.selling.answers.buttons import WriteAnswer
from bot.screens.selling.broadcasts.buttons import AskTime, PickBought, WriteBroadcast
from bot.screens.selling.categories.buttons import ChooseAbove, NewCategory
from bot.screens.selling.customers.buttons import WriteNote as NoteCustomer
from bot.screens.selling.giftcards.buttons import GiveCredit, NewCard
from bot.screens.selling.keys.buttons import AddKeys, RevokeUnit
from bot.screens.selling.letterhead.buttons import Part, WriteLetterhead
from bot.screens.selling.notes.buttons import WriteOrderNote
from bot.screens.selling.orders.buttons import (
    AskSales,
    CancelSale,
    DeclineCancel,
    NamePrice,
    ShipMany,
    ShipSale,
    WriteToCustomer,
)
from bot.screens.selling.photos.buttons import OpenPhotos
from bot.screens.selling.products.buttons import AddVariant
from bot.screens.selling.promotions.buttons import AskField, Field, NewPromotion, PickProducts
from bot.screens.selling.returns.buttons import BeginReturn, CloseReturn, DeclineReturn, GoodsBack, OtherAmount
from bot.screens.selling.reviews.buttons import AnswerReview
from bot.screens.selling.settings.buttons import SendCover, WriteSetting, WriteWay
from bot.screens.selling.translations.buttons import WriteText
from bot.sending.button import Button
from db.models import OrderItem, ProductKind, PromotionKind, ReturnStatus, Unit, UnitState, User
from shop import broadcasts, promotions, returns, reviews
from shop.broadcasts import Written
from shop.policy import Policy
from shop.promotions import PromotionDraft
from simulator.telegram.wire import JsonObject
from tests.world.goods import a_category, a_product
from tests.world.guests import Guest
from tests.world.people import ANN, OLGA, user
from tests.world.shop import OpenShop

HOME: JsonObject = {
    "country_code": "DE",
    "state": "",
    "city": "Berlin",
    "street_line1": "Kannenweg 3",
    "street_line2": "",
    "post_code": "10115",
}


@dataclass(frozen=True)
class Stage:
    """A shop in which everything can be asked: order 1 is paid, 2 completed, 3 waits for the address."""

    shop: OpenShop
    seller: User
    product_id: int
    customer_id: int = 0


async def set_up(shop: OpenShop) -> Stage:
    """Sell, so that there is something to ask about."""
    async with shop.db.begin() as session:
        seller = await user(session, OLGA)
        tea = await a_product(session, "Sencha", sku="TEA", stock=50, category=await a_category(session, "Tea"))
    for person in (shop.olga, shop.oscar, shop.ann):
        await person.says("/start")
    for way in ("here in the chat", "here in the chat", "Cash on delivery"):
        await shop.ann.says(f"/start p_{tea.id}")
        await shop.ann.taps("Add to cart", "in the cart", "Check out", way)
        if way == "here in the chat":
            assert (await shop.ann.pays(option="post", address=HOME)).state == "paid"
    await shop.olga.says("/complete 2")
    await shop.olga.taps("Complete")
    await shop.tick()
    await shop.ann.says(f"/start p_{tea.id}")
    await shop.ann.taps("Add to cart")
    async with shop.db.read() as session:
        ann = await user(session, ANN)
    return Stage(shop, seller, tea.id, ann.id)


_keys = itertools.count()

Ask = Callable[[Stage, Guest], Awaitable[object]]


def _from_settings(button: Button) -> Ask:
    """The key is below the settings, in a message of their own."""

    async def ask(_stage: Stage, who: Guest) -> None:
        await who.says("/settings")
        await who.forges(button.pack())

    return ask


def by_saying(*lines: str) -> Ask:
    """Asked after these lines."""

    async def act(_stage: Stage, who: Guest) -> None:
        for line in lines:
            await who.says(line)

    return act


async def _new_product(_stage: Stage, who: Guest) -> None:
    await who.says("/addproduct")
    if "Begin anew" in " ".join(who.keyboard):
        await who.taps("Begin anew")
    await who.taps("Skip")


async def _appoint(_stage: Stage, who: Guest) -> None:
    await who.says("/admins")
    await who.taps("Appoint")


async def _note(stage: Stage, who: Guest) -> None:
    await who.forges(WriteNote(stage.seller.id, ProductKind.PHYSICAL).pack())


async def _comment(stage: Stage, who: Guest) -> None:
    await who.forges(WriteComment(2, stage.product_id).pack())


async def _variant(stage: Stage, who: Guest) -> None:
    await who.forges(AddVariant(stage.product_id).pack())


async def _more_keys(stage: Stage, who: Guest) -> None:
    async with stage.shop.db.begin() as session:
        guide = await a_product(session, "Guide", kind=ProductKind.DIGITAL, currency="XTR")
    await who.forges(AddKeys(guide.id).pack())


async def _code(_stage: Stage, who: Guest) -> None:
    await who.forges(TypeCode().pack())


async def _promotion(_stage: Stage, who: Guest) -> None:
    await who.forges(NewPromotion().pack())


def _of_a_broadcast(button: Callable[[int], Button]) -> Ask:
    """Asked about a draft of Olga's."""

    async def ask(stage: Stage, who: Guest) -> None:
        async with stage.shop.db.begin() as session:
            made = await broadcasts.create(session, stage.seller, Written("Tea"), now=stage.shop.clock.now())
        await who.forges(button(made.id).pack())

    return ask


def _of_a_promotion(button: Callable[[int], Button]) -> Ask:
    """Asked about an offer of Olga's."""

    async def ask(stage: Stage, who: Guest) -> None:
        draft = PromotionDraft("Ten off", PromotionKind.PERCENT, "EUR", value=10, automatic=True, running=False)
        async with stage.shop.db.begin() as session:
            made = await promotions.create(session, stage.seller, draft, now=stage.shop.clock.now())
        await who.forges(button(made.id).pack())

    return ask


async def _revoke(stage: Stage, who: Guest) -> None:
    now = stage.shop.clock.now()
    async with stage.shop.db.begin() as session:
        item_id = await session.scalar(select(OrderItem.id).where(OrderItem.order_id == 2))
        content = f"KEY-{next(_keys)}"
        key = Unit(product_id=stage.product_id, content=content, fingerprint=content, state=UnitState.SOLD)
        key.order_item_id, key.claimed_at, key.created_at = item_id, now, now
        session.add(key)
        await session.flush()
    await who.forges(RevokeUnit(key.id, replace=False).pack())


def _about_a_review(button: type[AnswerReview] | type[HideReview]) -> Ask:
    """Asked about the stars that Ann gave."""

    async def act(stage: Stage, who: Guest) -> None:
        async with stage.shop.db.begin() as session:
            ann = await user(session, ANN)
            review = await reviews.rate(session, ann, stage.product_id, 4, now=stage.shop.clock.now())
        pressed = AnswerReview(review.id) if button is AnswerReview else HideReview(review.id, stage.product_id)
        await who.forges(pressed.pack())

    return act


def _of_a_return(until: ReturnStatus, button: Callable[[int], Button]) -> Ask:
    """Something is asked about a return of order 2 that came so far."""

    async def act(stage: Stage, who: Guest) -> None:
        now, policy = stage.shop.clock.now(), Policy()
        async with stage.shop.db.begin() as session:
            found = await returns.of_order(session, stage.seller, 2)
            if found:
                number = found[0].id
            else:
                items = select(OrderItem.id).where(OrderItem.order_id == 2)
                lines = {(await session.scalars(items)).one(): 1}
                number = (await returns.start(session, stage.seller, 2, lines, policy=policy, now=now)).id
                if until is ReturnStatus.RECEIVED:
                    await returns.receive(session, stage.seller, number, {}, policy=policy, now=now)
        await who.forges(button(number).pack())

    return act


SCENES: Mapping[str, tuple[str, Ask]] = {
    "restock": ("olga", by_saying("/restock TEA")),
    "edit_product": ("olga", by_saying("/price TEA")),
    "product_photos": ("olga", lambda stage, who: who.forges(OpenPhotos(stage.product_id).pack())),
    "sale_price": ("olga", by_saying("/sale TEA")),
    "add_variant": ("olga", _variant),
    "add_product": ("olga", _new_product),
    "appoint": ("oscar", _appoint),
    "name_category": ("olga", lambda _stage, who: who.forges(NewCategory().pack())),
    "translate": ("olga", lambda stage, who: who.forges(WriteText(stage.product_id, "de").pack())),
    "move_category": ("olga", lambda _stage, who: who.forges(ChooseAbove(1).pack())),
    "find_order": ("olga", lambda _stage, who: who.forges(AskSales().pack())),
    "ship_many": ("olga", lambda _stage, who: who.forges(ShipMany().pack())),
    "order_note": ("olga", lambda _stage, who: who.forges(WriteOrderNote(1).pack())),
    "saved_answer": ("olga", lambda _stage, who: who.forges(WriteAnswer().pack())),
    "sale_tracking": ("olga", lambda _stage, who: who.forges(ShipSale(1).pack())),
    "sale_message": ("olga", lambda _stage, who: who.forges(WriteToCustomer(1).pack())),
    "name_price": ("olga", lambda _stage, who: who.forges(NamePrice(1).pack())),
    "decline_cancel": ("olga", lambda _stage, who: who.forges(DeclineCancel(1).pack())),
    "sale_reason": ("olga", lambda _stage, who: who.forges(CancelSale(1).pack())),
    "customer_note": ("olga", lambda stage, who: who.forges(NoteCustomer(stage.customer_id).pack())),
    "answer_review": ("olga", _about_a_review(AnswerReview)),
    "hide_review": ("olga", _about_a_review(HideReview)),
    "add_keys": ("olga", _more_keys),
    "promo_code": ("ann", _code),
    "gift_card": ("ann", lambda _stage, who: who.forges(TypeCard().pack())),
    "give_credit": ("olga", lambda stage, who: who.forges(GiveCredit(stage.customer_id).pack())),
    "issue_gift_cards": ("olga", lambda _stage, who: who.forges(NewCard().pack())),
    "present": ("ann", lambda stage, who: who.forges(AskPresent(stage.seller.id).pack())),
    "new_promotion": ("olga", _promotion),
    "promotion_field": ("olga", _of_a_promotion(lambda number: AskField(number, Field.TOTAL_LIMIT))),
    "promotion_product": ("olga", _of_a_promotion(PickProducts)),
    "broadcast": ("olga", lambda _stage, who: who.forges(WriteBroadcast().pack())),
    "broadcast_time": ("olga", _of_a_broadcast(AskTime)),
    "broadcast_product": ("olga", _of_a_broadcast(PickBought)),
    "revoke_key": ("olga", _revoke),
    "return": ("ann", lambda _stage, who: who.forges(AskReturn(2).pack())),
    "return_begun": ("olga", lambda _stage, who: who.forges(BeginReturn(2).pack())),
    "return_word": ("olga", _of_a_return(ReturnStatus.AGREED, DeclineReturn)),
    "return_shelf": ("olga", _of_a_return(ReturnStatus.AGREED, GoodsBack)),
    "return_amount": ("olga", _of_a_return(ReturnStatus.RECEIVED, OtherAmount)),
    "return_close": ("olga", _of_a_return(ReturnStatus.RECEIVED, CloseReturn)),
    "setting": ("oscar", lambda _stage, who: who.forges(WriteSetting("name").pack())),
    "shipping_way": ("oscar", _from_settings(WriteWay())),
    "shop_cover": ("oscar", _from_settings(SendCover())),
    "sure": ("olga", by_saying("/refund 1")),
    "review_comment": ("ann", _comment),
    "letterhead": ("olga", lambda _stage, who: who.forges(WriteLetterhead(Part.ADDRESS).pack())),
    "problem": ("ann", lambda _stage, who: who.forges(TellProblem(1).pack())),
    "checkout_note": ("ann", _note),
    "address": ("ann", lambda _stage, who: who.forges(PayOrder(3, "cash").pack())),
}
