"""Credit for one customer, as a present or for a trouble: how much and why, asked once more before it is theirs."""

from markupsafe import escape

from bot.routing.refusals import say
from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.parts import sure
from bot.screens.selling.customers.buttons import OpenCustomer
from bot.screens.selling.giftcards import giving_views as views
from bot.screens.selling.giftcards.buttons import CreditGiven, GiveCredit
from bot.screens.selling.giftcards.reading import read_credit
from bot.sending.reply import Lead, Reply, Screen
from db.models import Dialog, Permission
from shop import credit
from shop.forms import dialogs
from shop.people import bans
from shop.refusals import CannotRead

KIND = "give_credit"

router = Router()


@router.button(GiveCredit, for_="owner", needs=Permission.MONEY, asks=KIND)
async def give_credit(visit: Visit, pressed: GiveCredit) -> Reply:
    """Ask how much, and why."""
    return await _ask(visit, pressed.user_id)


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    return await _ask(visit, int(dialog.data["user_id"]))


@router.dialog(KIND, for_="owner", needs=Permission.MONEY, leaves=CLOSES, again=once_more, takes="text")
async def take_amount(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """An amount with its reason; then it is asked once more."""
    user_id = int(dialog.data["user_id"])
    try:
        amount, reason = read_credit(said.text, visit.policy.currency)
    except CannotRead as refused:
        return await _ask(visit, user_id, problem="⚠️ " + escape(say(visit.words, refused)))
    yes = CreditGiven(user_id, amount)
    name = await _name(visit, user_id)
    async with visit.db.begin() as session:
        await dialogs.finish(session, visit.user, KIND)
        asked = f"credit:{visit.user.id}:{visit.message_id}:{user_id}"
        await sure.ask(session, visit, yes, "", said=asked, reason=reason)
    return views.sure_to_give(visit.words, name, amount, visit.policy.currency, reason, yes)


@router.button(CreditGiven, for_="owner", needs=Permission.MONEY, within=sure.SURE)
async def credit_given(visit: Visit, pressed: CreditGiven) -> Reply:
    """Give it, once."""
    asked = await sure.agreed(visit, pressed, "")
    if asked is None:  # an old key: nothing is given, and they see how it stands
        return Lead(OpenCustomer(pressed.user_id))
    currency = visit.policy.currency
    async with visit.db.begin() as session:
        await credit.give(
            session,
            visit.seller,
            pressed.user_id,
            pressed.amount,
            currency,
            reason=str(asked["reason"]),
            said=str(asked["said"])[:64],
            now=visit.now(),
        )
    words = visit.words
    note = words.plain("✅ {amount} of credit given.", amount=words.money(pressed.amount, currency))
    return Lead(OpenCustomer(pressed.user_id), note=note)


async def _ask(visit: Visit, user_id: int, *, problem: str = "") -> Screen:
    name = await _name(visit, user_id)
    async with visit.db.begin() as session:
        await dialogs.start(session, visit.user, KIND, "amount", {"user_id": user_id}, now=visit.now())
    return views.ask_amount(visit.words, name, user_id, visit.policy.currency, problem=problem)


async def _name(visit: Visit, user_id: int) -> str:
    async with visit.db.read() as session:
        customer = await bans.look(session, visit.seller, user_id)
    return customer.person.name or visit.words.plain("this customer")
