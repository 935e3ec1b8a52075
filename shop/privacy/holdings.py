"""What is kept about one person, counted; and what becomes of every table that knows people when one of them leaves."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from db.models import Address, Cart, CartItem, CreditAccount, Favourite, KeptForm, Message, Order, Review, StockWatch
from db.ordering import along

MOST = 50  # counted no further: a screen looks at a few hundred rows, however long somebody was here

# Every table with the id of a person in it. A new one says here what becomes of its rows, and does it: tests look.
GOES, STAYS, SELLS = "goes", "stays without a name", "is of those who sell, who cannot leave while they do"
BECOMES: Mapping[str, str] = {
    "users": STAYS,
    "addresses": GOES,
    "carts": GOES,
    "dialogs": GOES,
    "kept_forms": GOES,
    "favourites": GOES,
    "viewed_products": GOES,
    "stock_watches": GOES,
    "news_optouts": GOES,
    "messages": GOES,
    "reviews": "stays without a name, or goes: as its writer wishes",
    "customer_notes": GOES,
    "credit_accounts": "stays without a name, and what was in it is nobody's",
    "gift_cards": STAYS,
    "desk_links": GOES,
    "desk_sessions": GOES,
    "order_sights": GOES,
    "bans": "stays with the number of the Telegram account, and with nothing else",
    "orders": STAYS,
    "redemptions": STAYS,
    "subscriptions": STAYS,  # who has a running one cancels it first: Telegram would go on charging it
    "notifications": STAYS,  # a line that something was said, without its words
    "broadcast_recipients": STAYS,
    "departures": STAYS,
    "admin_events": STAYS,
    "broadcasts": SELLS,
    "categories": SELLS,
    "letterheads": SELLS,
    "receipt_counters": SELLS,
    "returns": SELLS,  # and what their customer wrote and photographed goes with the texts of the order
    "receipts": SELLS,  # and their customer's name and address go with those of the order
    "import_runs": SELLS,
    "invitations": SELLS,
    "order_notes": SELLS,
    "posts": SELLS,
    "products": SELLS,
    "promotions": SELLS,
    "saved_answers": SELLS,
    "seller_hours": SELLS,
    "staff": SELLS,
    "staff_chats": SELLS,
}


class Holdings(Struct, frozen=True):
    """How much of each there is, counted up to MOST."""

    addresses: int
    in_cart: int
    orders: int
    messages: int
    reviews: int
    favourites: int
    waits: int
    drafts: int
    credits: int


async def look(session: AsyncSession, person_id: int) -> Holdings:
    """What is kept about this person. One statement."""
    mine_in_cart = CartItem.cart_id.in_(select(Cart.id).where(Cart.user_id == person_id))
    counts = (
        _many(Address.id, Address.user_id == person_id),
        _many(CartItem.id, mine_in_cart),
        _many(Order.id, Order.user_id == person_id, *along(session, [Order.user_id], [Order.id])),
        _many(Message.id, Message.customer_id == person_id),
        _many(Review.id, Review.user_id == person_id),
        _many(Favourite.id, Favourite.user_id == person_id),
        _many(StockWatch.id, StockWatch.user_id == person_id),
        _many(KeptForm.user_id, KeptForm.user_id == person_id),
        _many(CreditAccount.id, (CreditAccount.user_id == person_id) & (CreditAccount.balance > 0)),
    )
    return Holdings(*(await session.execute(select(*counts))).one())


def _many(
    column: InstrumentedAttribute[int], mine: ColumnElement[bool], *order: ColumnElement[Any]
) -> ScalarSelect[int]:
    """Counted up to MOST; in an `order` that an index has where there may be very many: it then stops there."""
    some = select(column).where(mine).order_by(*order).limit(MOST).subquery()
    return select(func.count()).select_from(some).scalar_subquery()
