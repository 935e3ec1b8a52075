"""/credit and /giftcard: what one has to spend, and gift cards that become it."""

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.buying.credit import views
from bot.screens.buying.credit.buttons import OpenCredit, TypeCard
from bot.screens.parts import gift_cards
from bot.screens.selling.giftcards.buttons import AskIssue, ListCards
from bot.sending.reply import Lead, Reply, Screen
from bot.words import mark
from db.amounts import parse_amount
from db.models import Dialog, Permission
from shop import credit
from shop.credit.refusals import CardRefused
from shop.forms import dialogs
from shop.refusals import CannotRead

KIND = "gift_card"
PAGE = 8
MOST_ACCOUNTS = 10  # sellers at which somebody has credit, each a key

router = Router()


@router.command("credit", about=mark("Your store credit"), also="balance wallet", asks=KIND)
async def my_credit(visit: Visit, argument: str) -> Reply:
    """`/credit` shows it, `/credit CODE` redeems a gift card."""
    return await _redeem(visit, argument) if argument.strip() else await _show(visit, OpenCredit())


@router.command("giftcard", about=mark("Redeem a gift card"), also="giftcards gift card redeem voucher", asks=KIND)
async def giftcard(visit: Visit, argument: str) -> Reply:
    """`/giftcard CODE` redeems one; who sells issues one by `/giftcard 25`, and lists them by the word alone."""
    sells = visit.may_reach("owner", (Permission.MONEY,))
    if not argument.strip():
        return Lead(ListCards()) if sells else await type_card(visit, TypeCard())
    if sells and not credit.is_code(argument):
        try:
            value = parse_amount(argument, visit.policy.currency)
        except ValueError:
            raise CannotRead(field="card", given=argument[:40], hint="card_form") from None
        return Lead(AskIssue(value))
    return await _redeem(visit, argument)


@router.button(OpenCredit)
async def open_credit(visit: Visit, pressed: OpenCredit) -> Reply:
    """What there is at one seller, and how it came and went."""
    return await _show(visit, pressed)


@router.button(TypeCard, asks=KIND)
async def type_card(visit: Visit, _pressed: TypeCard) -> Reply:
    """Ask for the code."""
    return await _ask(visit)


async def once_more(visit: Visit, _dialog: Dialog) -> Reply:
    """The question again."""
    return views.ask_code(visit.words)


@router.dialog(KIND, leaves=CLOSES, again=once_more, takes="text")
async def take_code(visit: Visit, _dialog: Dialog, said: Said) -> Reply | None:
    """The code; one that does not hold is asked for anew."""
    return await _redeem(visit, said.text)


@router.deep_link("gift_", asks=KIND)
async def from_link(visit: Visit, argument: str) -> Reply:
    """The link on a card."""
    return await _redeem(visit, argument)


async def _redeem(visit: Visit, text: str) -> Reply:
    async with visit.db.begin() as session:
        answer = await credit.redeem(session, visit.user, text, now=visit.now())
        if not isinstance(answer, CardRefused):
            await dialogs.finish(session, visit.user, KIND)
    if isinstance(answer, CardRefused):
        return await _ask(visit, problem=gift_cards.refused(visit.words, str(answer.data["why"])))
    return await _show(visit, OpenCredit(answer.account_id), note=gift_cards.redeemed(visit.words, answer))


async def _ask(visit: Visit, *, problem: str = "") -> Screen:
    async with visit.db.begin() as session:
        await dialogs.start(session, visit.user, KIND, "code", {}, now=visit.now())
    return views.ask_code(visit.words, problem=problem)


async def _show(visit: Visit, pressed: OpenCredit, *, note: str = "") -> Screen:
    async with visit.db.read() as session:
        accounts = await credit.balances(session, visit.user.id, limit=MOST_ACCOUNTS)
        at = next((one for one in accounts if pressed.account_id in {None, one.account_id}), None)
        moved = []
        if at is not None:
            moved = list(
                await credit.history(session, visit.user.id, at.account_id, before=pressed.before, limit=PAGE + 1)
            )
    return views.credit(visit.words, accounts, at, moved[:PAGE], pressed, more=len(moved) > PAGE, note=note)
