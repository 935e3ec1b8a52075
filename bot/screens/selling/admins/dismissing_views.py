"""What becomes of a seller's goods and orders: the question, and what those concerned are told."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.screens.parts import ways
from bot.screens.parts.person_lines import called
from bot.screens.selling.admins.buttons import Dismiss, HandOver, OpenSellers
from bot.screens.selling.orders.buttons import ListSales
from bot.screens.selling.products.buttons import OpenProducts
from bot.sending.reply import Key, Screen
from bot.words import Words
from db.models import User
from shop.people.handing_over import Belongings

PAGE = 8


def sure(words: Words, person: User, left: Belongings, *, me: int, others: bool) -> Screen:
    """Ask who gets what; `me`: the operator's Telegram id, `others`: there is another seller."""
    gone = person.telegram_id or 0
    title = words("👥 <b>Shall {name} sell no more?</b>", name=called(person))
    end = words("They read nothing about orders and customers from then on, and are told.")
    back = (ways.back(words, OpenSellers()),)
    if not left.products and not left.open_orders:
        text = words("They have no goods and no open orders.")
        return Screen(f"{title}\n\n{text} {end}", ((Key(words.plain("✕ Dismiss"), HandOver(gone, me)),), back))
    goods = words.n("{n} product", "{n} products", left.products)
    waiting = words.n("{n} open order", "{n} open orders", left.open_orders)
    what = words("They have {goods} and {orders}. Who gets them? Older orders go along.", goods=goods, orders=waiting)
    rows = [
        (Key(words.plain("✕ Dismiss: all to me"), HandOver(gone, me)),),
        (Key(words.plain("✕ Dismiss: goods off sale, orders to me"), HandOver(gone, me, archive=True)),),
    ]
    if others:
        rows.insert(1, (Key(words.plain("👥 To another seller…"), Dismiss(gone, page=0)),))
    return Screen(f"{title}\n\n{what}\n\n{end}", (*rows, back))


def choose_taker(words: Words, person: User, takers: Sequence[User], *, page: int) -> Screen:
    """To whom; a tap does it."""
    gone = person.telegram_id or 0
    page = max(0, min(page, (len(takers) - 1) // PAGE))
    shown = takers[page * PAGE : (page + 1) * PAGE]
    previous = Dismiss(gone, page - 1) if page > 0 else None
    following = Dismiss(gone, page + 1) if (page + 1) * PAGE < len(takers) else None
    return Screen(
        words("👥 A tap dismisses {name} and gives their goods and orders to:", name=called(person)),
        (
            *((Key(called(taker), HandOver(gone, taker.telegram_id or 0)),) for taker in shown),
            ways.pages(words, previous, following),
            (ways.back(words, Dismiss(gone)),),
        ),
    )


def dismissed(words: Words, shop_name: str) -> Screen:
    """What the dismissed seller is told."""
    text = words(
        "You sell no more in <b>{shop}</b>. Your goods and orders there have gone to somebody else. "
        "You can still buy here. Questions? Ask the shop: /support",
        shop=shop_name,
    )
    return Screen(text, ((ways.home(words),),))


def handed_over(words: Words, data: Mapping[str, Any]) -> Screen:
    """What the one who took over is told."""
    text = words(
        "📦 <b>{name}</b> sells no more. You have their goods and orders now: {goods}, {orders}.",
        name=str(data["from"]),
        goods=words.n("{n} product", "{n} products", int(data["products"])),
        orders=words.n("{n} open order", "{n} open orders", int(data["open_orders"])),
    )
    if data.get("archived"):
        text += words("\nThe goods are off sale.")
    return Screen(
        text,
        (
            (Key(words.plain("🧾 Orders"), ListSales()), Key(words.plain("🏷 My products"), OpenProducts())),
            (ways.home(words),),
        ),
    )
