"""What a seller sees of a customer: never their account, only what there was between them."""

from collections.abc import Sequence

from bot.screens.parts import order_text, ways
from bot.screens.selling.customers.buttons import AskBanOf, ClearNote, OpenCustomer, WriteNote
from bot.screens.selling.giftcards.buttons import GiveCredit
from bot.screens.selling.orders.buttons import ListSales, OpenSale
from bot.sending.reply import Key, Screen
from bot.words import Words
from shop.people.customers import Card, Paid


def card(words: Words, one: Card, *, whole: bool, note: str = "", credit: Sequence[tuple[int, str]] = ()) -> Screen:
    """The card; `whole`: over all sellers, `note` (HTML): what was just done, `credit`: amounts with currencies."""
    person = one.customer.person
    parts = [note, words("👤 <b>{name}</b>", name=person.name or words.plain("No name")), _orders(words, one)]
    parts += [_paid(words, paid) for paid in one.paid]
    parts += [words("🎁 Credit: {amount}", amount=words.money(amount, currency)) for amount, currency in credit]
    if one.reviews:
        stars = words.number(round(one.stars, 1))
        parts.append(
            words.n("⭐ {stars} in {n} review", "⭐ {stars} on average in {n} reviews", one.reviews, stars=stars)
        )
    if whole:
        parts.append(words("Over all sellers of the shop."))
    if one.customer.banned:
        parts.append(words("🚫 You take no orders from this person."))
    if one.note:
        parts.append(words("📝 Your note:\n<blockquote>{note}</blockquote>", note=one.note))
    rows = [(Key(order_text.label(words, order, name=""), OpenSale(order.id)),) for order in one.newest]
    notes = [
        Key(words.plain("📝 Change the note") if one.note else words.plain("📝 Note something"), WriteNote(person.id))
    ]
    if one.note:
        notes.append(Key(words.plain("✕ No note"), ClearNote(person.id)))
    ban = words.plain("✅ Take orders again") if one.customer.banned else words.plain("🚫 Take no more orders")
    return Screen(
        "\n\n".join(part for part in parts if part),
        (
            *rows,
            tuple(notes),
            (Key(words.plain("🎁 Give credit"), GiveCredit(person.id)), Key(ban, AskBanOf(person.id))),
            (Key(words.plain("🧾 Orders"), ListSales()), ways.home(words)),
        ),
    )


def ask_note(words: Words, one: Card) -> Screen:
    """What shall be noted; the next message is it."""
    text = words(
        "📝 Write what to keep in mind about {name}. You and your staff read it, the customer never does.",
        name=one.customer.person.name or words.plain("this customer"),
    )
    if one.note:
        text += words("\n\nNow it says:\n<blockquote>{note}</blockquote>", note=one.note)
    return Screen(text, ((ways.back(words, OpenCustomer(one.customer.person.id)),),))


def explain(words: Words, *, unknown: str = "") -> Screen:
    """How to find a customer; `unknown` is what was looked for in vain."""
    said = words("⚠️ I find nobody for “{name}”.", name=unknown) if unknown else ""
    how = words(
        "👤 <b>A customer’s card</b>\n\n<code>/customer 1042</code> — who ordered that\n"
        "<code>/customer @name</code> — who is called that"
    )
    keys = ((Key(words.plain("🧾 Orders"), ListSales()), ways.home(words)),)
    return Screen("\n\n".join(part for part in (said, how) if part), keys)


def _orders(words: Words, one: Card) -> str:
    counted = words.n("🧾 {n} order", "🧾 {n} orders", one.customer.orders)
    more = []
    if one.customer.open_orders:
        more.append(words.n("{n} open", "{n} open", one.customer.open_orders))
    if one.cancelled:
        more.append(words.n("{n} cancelled", "{n} cancelled", one.cancelled))
    if one.since is not None:
        more.append(words("the first on {date}", date=words.date(one.since)))
    return ", ".join([str(counted), *map(str, more)])


def _paid(words: Words, paid: Paid) -> str:
    amount = words.money(paid.amount, paid.currency)
    if not paid.refunded:
        return words("💶 Paid: {amount}", amount=amount)
    back = words.money(paid.refunded, paid.currency)
    return words("💶 Paid: {amount}, given back: {back}", amount=amount, back=back)
