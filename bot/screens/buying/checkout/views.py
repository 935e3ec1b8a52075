"""The summary before an order is placed: what is bought, from whom, what is charged, and the ways to pay."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.screens.buying.cart.buttons import OpenCart, RemoveCode, TypeCode
from bot.screens.buying.checkout import present_views
from bot.screens.buying.checkout.buttons import DropNote, OpenCheckout, PlaceOrder, UseCredit, WriteNote
from bot.screens.buying.checkout.payable import Payable
from bot.screens.buying.checkout.present_buttons import AskPresent
from bot.screens.buying.orders.buttons import ListOrders, OpenOrder
from bot.screens.parts import order_text, tax_lines, ways
from bot.screens.parts.discounts import discounts
from bot.screens.parts.goods import beside_old, title_of
from bot.screens.parts.methods import method_name
from bot.sending.button import Button
from bot.sending.reply import Key, Screen
from bot.words import Html, Words
from bot.words.weights import weight
from db.models import Order, ProductKind
from db.money import STARS
from shop.checkout import CheckoutSummary
from shop.payments.bounds import Bounds
from shop.policy import ShippingOption


def summary(  # noqa: PLR0913  what the page needs
    words: Words,
    order: CheckoutSummary,
    payable: Payable,
    *,
    opening: Html | None = None,
    closed: bool = False,
    note: str | None,
    present: str | None = None,
    presents: bool = False,
    others: int,
    shipping: tuple[str, ...],
) -> Screen:
    """Everything about an order before it is one; `others` orders would stay in the cart, `shipping` names prices.

    `present` is the message of a present, None where it is none; `presents`: it may be one.
    """
    methods, takes_else = payable.methods, limits(words, payable.outside, order.currency)
    wrapped = present is not None
    places = [(method, PlaceOrder(method, order.key, wrapped, order.credit)) for method in methods]
    rows = [(Key(method_name(words, method), place),) for method, place in places]
    question = words("How would you like to pay?") if methods else ""
    if len(methods) == 1:  # nothing to choose
        rows = [(Key(words.plain("✅ Continue"), places[0][1], style="success"),)]
        question = words("Payment: {method}", method=method_name(words, methods[0]))
    noted = OpenCheckout(order.owner_id, order.kind)
    write = Key(
        words.plain("✏️ Change the note") if note else words.plain("✏️ Add a note"), WriteNote(noted.owner_id, noted.kind)
    )
    drop = (Key(words.plain("✕ No note"), DropNote(noted.owner_id, noted.kind)),) if note else ()
    gift = (present_views.key(words, AskPresent(order.owner_id), present),) if presents or wrapped else ()
    code = Key(words.plain("🏷 Promo code"), TypeCode())
    if order.code is not None:
        code = Key(words.plain("✕ {code}", code=order.code), RemoveCode())
    on = UseCredit(order.owner_id, order.kind, on=not order.credit)
    parts = [
        words("🧾 <b>Your order</b> from {seller}", seller=order.owner_name),
        lines(words, order),
        "\n".join(discounts(words, order.saving, order.currency)),
        charged(words, order, shipping),
        by_credit(words, order, known=order.kind is ProductKind.DIGITAL or (not shipping and order.taxes.included)),
        present_views.said(words, present),
        words("✏️ {note}", note=note) if note else "",
        takes_else if not closed else "",
        why_no_way(words, order) if not methods and not closed and not takes_else else "",
        opening or "",
        words.n("{n} more order waits in your cart.", "{n} more orders wait in your cart.", others) if others else "",
        question,
    ]
    return Screen(
        "\n\n".join(str(part) for part in parts if part),
        (
            *rows,
            *credit_key(words, order, on),
            (write, code),
            (*drop, *gift),
            (ways.back(words, OpenCart()), ways.home(words)),
        ),
    )


def by_credit(words: Words, order: CheckoutSummary, *, known: bool, sending: int = 0) -> str:
    """What store credit pays, and what is left; `known`: nothing comes on top of that any more."""
    if not order.credit:
        return ""
    pays = words.money(order.credit, order.currency)
    left = words.money(order.goods_total + order.taxes.added + sending - order.credit, order.currency)
    said = words("🎁 Store credit: −{amount}", amount=pays)
    if known:
        return said + "\n" + words("Left to pay: <b>{amount}</b>", amount=left)
    said += "\n" + words("Left to pay: <b>{amount}</b> and shipping.", amount=left)
    if rest := order.has_credit - order.credit:
        more = words.money(rest, order.currency)
        said += " " + words("Another {amount} of credit is there for it.", amount=more)
    return said


def credit_key(words: Words, order: CheckoutSummary, turn: Button) -> tuple[tuple[Key, ...], ...]:
    """The key that lets store credit pay, or not; none where there is no credit."""
    if not order.has_credit:
        return ()
    if order.credit:
        return ((Key(words.plain("✕ Without my credit"), turn),),)
    amount = words.money(order.has_credit, order.currency)
    return ((Key(words.plain("🎁 Use my credit: {amount}", amount=amount), turn),),)


def way_to_ship(words: Words, way: ShippingOption, order: CheckoutSummary) -> str:
    """A way to send it with what it costs for these goods, and from when it would cost nothing; plain text."""
    price = way.price_of(order.goods_total, free=order.saving.free_shipping, weight=order.weight)
    said = f"{words.named(way.title)} — {words.money(price, order.currency)}"
    if way.agreed and not order.saving.free_shipping:
        return f"{words.named(way.title)} — {words.plain('price after the order')}"
    if way.steps and price:
        said += " " + words.plain("(for {weight})", weight=weight(words, order.weight))
    if price and way.free_from is not None:
        said += " " + words.plain("(free from {amount})", amount=words.money(way.free_from, order.currency))
    return said


def too_many_unpaid(words: Words, problem: str, orders: Sequence[Order]) -> Screen:
    """Why no more can be ordered now, and the orders that hold it up, each a tap away."""
    said = [words("⏳ {problem}", problem=problem)]
    if orders:
        said.append(words("Your unpaid orders:"))
    return Screen(
        "\n\n".join(said),
        (
            *((Key(order_text.own_label(words, order), OpenOrder(order.id)),) for order in orders),
            (Key(words.plain("📦 My orders"), ListOrders()), Key(words.plain("🛒 Cart"), OpenCart())),
            (ways.home(words),),
        ),
    )


def ask_note(words: Words, order: CheckoutSummary, *, note: str | None) -> Screen:
    """Asks for the note; the one that there is stands below, to be copied from."""
    question = words(
        "✏️ Write a note for {seller}: a wish, a doorbell, a greeting for the card.", seller=order.owner_name
    )
    if note:
        question += "\n\n" + words("Now: {value}", value=Markup("<blockquote>{}</blockquote>").format(note))
    return Screen(
        question,
        ((ways.back(words, OpenCheckout(order.owner_id, order.kind)),),),
    )


def lines(words: Words, order: CheckoutSummary) -> str:
    """A line for each product."""
    found = []
    for line in order.lines:
        said = words(
            "{n} × {product} — {amount}",
            n=words.number(line.quantity),
            product=title_of(words, line),
            amount=beside_old(words, line.line_total, line.old_total, line.currency),
        )
        if line.price_changed:
            said += words(
                "\n   ⚠️ The price was {old}, now it is {new}.",
                old=words.money(line.seen_price, line.seen_currency),
                new=words.money(line.price, line.currency),
            )
        found.append(said)
    return "\n".join(found)


def charged(words: Words, order: CheckoutSummary, shipping: tuple[str, ...]) -> str:
    """What is charged, as far as it is known before there is an address; `shipping`: the ways with their prices."""
    tax = tax_lines.before_the_address(words, order)
    total = words.money(order.goods_total, order.currency)
    if order.kind is ProductKind.DIGITAL:
        before, behind = tax_lines.of_summary(words, order)
        total = words.money(order.goods_total + order.taxes.added, order.currency)
        pay = words("You pay <b>{total}</b>. It is delivered here in the chat at once.", total=total)
        return "\n".join([*before, pay, *behind])
    if not shipping and order.taxes.included:
        said = [words("You pay <b>{total}</b>, shipping included.", total=total)]
    elif not shipping:
        said = [words("Goods: <b>{total}</b>", total=total)]
    elif len(shipping) == 1:
        said = [words("Goods: <b>{total}</b>", total=total), words("Shipping: {options}", options=shipping[0])]
    else:
        ways_to_ship = words("Shipping:") + Html.escape("".join(f"\n• {option}" for option in shipping))
        said = [words("Goods: <b>{total}</b>", total=total), ways_to_ship]
    return "\n".join([*said, tax] if tax else said)


def limits(words: Words, outside: Sequence[tuple[str, Bounds]], currency: str) -> str:
    """Which ways to pay take other sums only; a line each."""
    return "\n".join(
        words(
            "{method} takes about {least} to {most}.",
            method=method_name(words, method),
            least=words.money(bounds.least, currency),
            most=words.money(bounds.most, currency),
        )
        for method, bounds in outside
    )


def why_no_way(words: Words, order: CheckoutSummary) -> str:
    """Why nothing can be paid."""
    if order.kind is ProductKind.DIGITAL and order.currency != STARS:
        return words(
            "⚠️ Digital goods are sold for Telegram Stars, and these have another price. Please tell the seller."
        )
    if order.kind is ProductKind.PHYSICAL and order.currency == STARS:
        return words("⚠️ Telegram Stars buy digital goods only, and these are not. Please tell the seller.")
    return words("⚠️ There is no way to pay for this just now. Nothing was ordered; your cart stays as it is.")
