"""A promo code: typed, come by a link, or taken out again."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.buying.cart import views
from bot.screens.buying.cart.buttons import RemoveCode, TypeCode
from bot.screens.parts import gift_cards
from bot.screens.parts.discounts import refused
from bot.sending.reply import Reply
from db.models import Dialog
from shop import carts, credit, promotions
from shop.credit import Balance
from shop.forms import dialogs
from shop.promotions import Candidate
from shop.refusals import CodeRefused

KIND = "promo_code"

router = Router()


@router.button(TypeCode, asks=KIND)
async def type_code(visit: Visit, _pressed: TypeCode) -> Reply:
    """Ask for it."""
    async with visit.db.begin() as session:
        await dialogs.start(session, visit.user, KIND, "code", {}, now=visit.now())
    return views.ask_code(visit.words)


async def once_more(visit: Visit, _dialog: Dialog) -> Reply:
    """The question again."""
    return views.ask_code(visit.words)


@router.dialog(KIND, leaves=CLOSES, again=once_more)
async def take_code(visit: Visit, _dialog: Dialog, said: Said) -> Reply | None:
    """Put it into the cart; one that does not hold is asked for anew."""
    async with visit.db.begin() as session:
        answer = await promotions.apply_code(session, visit.user, said.text, now=visit.now())
        card = await _card(visit, session, answer, said.text)
        if isinstance(card, Balance):
            await dialogs.finish(session, visit.user, KIND)
        if not isinstance(answer, CodeRefused):
            await dialogs.finish(session, visit.user, KIND)
    if isinstance(card, Balance):
        return await _cart(visit, gift_cards.redeemed(visit.words, card))
    if card is not None:
        return views.ask_code(visit.words, problem=gift_cards.refused(visit.words, card))
    if isinstance(answer, CodeRefused):
        return views.ask_code(visit.words, problem=_why(visit, answer))
    return await _cart(visit, visit.words("🏷 <b>{code}</b> is in your cart.", code=answer.code or answer.name))


async def _card(
    visit: Visit, session: AsyncSession, answer: Candidate | CodeRefused, text: str
) -> Balance | str | None:
    """What a gift card that was typed as a promo code came to, or why it does not hold; None where it is none."""
    if not isinstance(answer, CodeRefused) or answer.data["why"] != "unknown" or not credit.is_code(text):
        return None
    redeemed = await credit.redeem(session, visit.user, text, counted=True, now=visit.now())
    if isinstance(redeemed, Balance):
        return redeemed
    return None if redeemed.data["why"] == "unknown" else str(redeemed.data["why"])


@router.deep_link("promo_")
async def from_link(visit: Visit, argument: str) -> Reply:
    """The code of a link: it waits in the cart until an order uses it."""
    async with visit.db.begin() as session:
        answer = await promotions.apply_code(session, visit.user, argument, now=visit.now())
    if isinstance(answer, CodeRefused):
        return await _cart(visit, visit.words("⚠️ {reason}", reason=_why(visit, answer)))
    news = visit.words(
        "🏷 <b>{code}</b> is in your cart, and counts as soon as its goods are in it, too.",
        code=answer.code or answer.name,
    )
    return await _cart(visit, news)


@router.button(RemoveCode)
async def remove_code(visit: Visit, _pressed: RemoveCode) -> Reply:
    """No code after all."""
    async with visit.db.begin() as session:
        await promotions.remove_code(session, visit.user, now=visit.now())
    return await _cart(visit, "")


async def _cart(visit: Visit, news: str) -> Reply:
    async with visit.db.read() as session:
        view = await carts.look(session, visit.user, now=visit.now())
    return views.cart(visit.words, view, news=news)


def _why(visit: Visit, answer: CodeRefused) -> str:
    return refused(visit.words, str(answer.data["code"]), str(answer.data["why"]))
