"""How much credit a customer gets and why, and the question before it is theirs."""

from bot.screens.parts import ways
from bot.screens.selling.customers.buttons import OpenCustomer
from bot.screens.selling.giftcards.buttons import CreditGiven
from bot.sending.reply import Key, Screen
from bot.words import Words


def ask_amount(words: Words, name: str, user_id: int, currency: str, *, problem: str = "") -> Screen:
    """How much, and why; `problem` (HTML): why the last answer would not do."""
    text = words(
        "🎁 How much credit does {name} get, and why? Write it like <code>10 the parcel was late</code>.\n\n"
        "The customer reads the reason. Amounts are in {currency}.",
        name=name,
        currency=currency,
    )
    said = [part for part in (problem, text) if part]
    return Screen("\n\n".join(said), ((ways.back(words, OpenCustomer(user_id)),),))


def sure_to_give(words: Words, name: str, amount: int, currency: str, reason: str, yes: CreditGiven) -> Screen:
    """Asks before it is theirs: how much, to whom, and why."""
    goes = words.money(amount, currency)
    parts = [
        words("🎁 Give {name} {amount} of credit in your shop?", name=name, amount=goes),
        words("Reason: {reason}", reason=reason) if reason else words("Without a reason."),
        words("It cannot be taken back."),
    ]
    key = Key(words.plain("🎁 Give {amount}", amount=goes), yes, style="success")
    return Screen("\n\n".join(parts), ((key,), (ways.back(words, OpenCustomer(yes.user_id)),)))
