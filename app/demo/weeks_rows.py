"""The rows that an order of the past left behind, table by table."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from db.base import Base
from db.models import (
    Notification,
    Order,
    OrderEvent,
    OrderItem,
    Payment,
    PaymentAttempt,
    Refund,
    Review,
    StockMovement,
    User,
)
from shop.taxes import Rates, Sold, Taxed, reckon

PAID, SHIPPED, COMPLETED = timedelta(hours=2), timedelta(hours=21), timedelta(days=3, hours=4)
SAID = {
    5: ("Exactly as described.", "A present for my sister, and now I want one too.", "Lovely, and well packed.", None),
    4: ("Good, and quickly here.", "Nice. The box was a little dented.", None),
    3: ("Fine, but smaller than I thought.", None),
    2: ("Not what I had in mind.",),
}
ANSWERS = ("Thank you, {name}!", "Glad to hear that, {name}.", None)
SORRY = "I am sorry, {name}. Write to me and we find something."


class Line(Struct, frozen=True):
    """One line of an order; the price is in minor units."""

    product_id: int
    name: str
    quantity: int
    price: int
    tax_class: str | None = None


class Bought(Struct, frozen=True, kw_only=True):
    """An order; how far it came follows from its age. `given_back` is the part of the goods' price that went back."""

    buyer: User
    seller: User
    lines: Sequence[Line]
    placed_at: datetime
    currency: str
    shipping_option: str
    shipping_title: str
    shipping: int
    address: Mapping[str, str]
    method: str
    is_cancelled: bool
    given_back: float


class Rows:
    """Collects them; `stars` are those of new reviews by product."""

    def __init__(self, now: datetime, rates: Rates) -> None:
        """`rates`: of the tax that prices contain."""
        self._now, self._rates = now, rates
        self._rows: dict[type[Base], list[dict[str, Any]]] = {}
        self.stars: dict[int, list[int]] = {}

    def tables(self) -> Iterator[tuple[type[Base], list[dict[str, Any]]]]:
        """What to insert, in an order in which every row finds those that it names."""
        order = (Order, OrderItem, OrderEvent, Payment, PaymentAttempt, Refund, StockMovement, Review, Notification)
        yield from ((table, self._rows[table]) for table in order if table in self._rows)

    def add(self, one: Bought, order_id: int, attempt_id: int) -> None:
        """The order as it stands now, with everything that led there."""
        moves = self._moves(one)
        status, last_at = moves[-1][0], moves[-1][1]
        completed_at = last_at if status == "completed" else None
        subtotal = sum(line.price * line.quantity for line in one.lines)
        sold = [Sold(line.price * line.quantity, line.tax_class) for line in one.lines]
        country = one.address["country_code"]
        taxes = reckon(sold, one.shipping, self._rates, country=country, currency=one.currency)
        self._put(
            Order,
            id=order_id,
            user_id=one.buyer.id,
            owner_id=one.seller.id,
            status=status,
            kind="physical",
            subtotal=subtotal,
            shipping=one.shipping,
            tax_within=taxes.within,
            tax_country=taxes.country,
            shipping_tax=taxes.shipping.within,
            shipping_tax_rate=taxes.shipping.rate,
            total_price=subtotal + one.shipping,
            currency=one.currency,
            checkout_key=f"weeks.{order_id}",
            payment_method=one.method,
            shipping_option=one.shipping_option,
            shipping_title=one.shipping_title,
            address=one.address,
            tracking=f"LX 4700 {order_id:04} DE" if status in {"shipped", "completed"} else None,
            cancel_reason="cancelled_by_customer" if one.is_cancelled else None,
            created_at=one.placed_at,
            updated_at=last_at,
            completed_at=completed_at,
            review_asked_at=completed_at,
        )
        for line, taxed in zip(one.lines, taxes.lines or [Taxed()] * len(one.lines), strict=True):
            self._put(
                OrderItem,
                order_id=order_id,
                product_id=line.product_id,
                name=line.name,
                quantity=line.quantity,
                price=line.price,
                tax_class=line.tax_class,
                tax_rate=taxed.rate,
                tax_within=taxed.within,
            )
        self._tell(one, order_id, moves)
        self._pay(one, order_id, attempt_id, subtotal)

    def review(
        self,
        one: Bought,
        order_id: int,
        product_id: int,
        stars: int,
        at: datetime,
        *,
        chance: random.Random,
        answered: bool,
    ) -> None:
        """What the buyer says of a product of theirs, and what the seller answers."""
        answer = chance.choice(ANSWERS) if stars > 3 else SORRY  # noqa: PLR2004  content
        self.stars.setdefault(product_id, []).append(stars)
        self._put(
            Review,
            product_id=product_id,
            user_id=one.buyer.id,
            order_id=order_id,
            owner_id=one.seller.id,
            rating=stars,
            comment=chance.choice(SAID[stars]),
            owner_reply=answer.format(name=one.buyer.name) if answer and answered else None,
            created_at=at,
            updated_at=at,
        )

    def _moves(self, one: Bought) -> list[tuple[str, datetime, str, str]]:
        """Where it went, when, by whom and why."""
        placed, seller = one.placed_at, f"owner:{one.seller.id}"
        by_customer = f"customer:{one.buyer.id}"
        begun = [("pending", placed, by_customer, "placed")]
        if one.is_cancelled:
            return [*begun, ("cancelled", placed + timedelta(hours=1), by_customer, "cancelled_by_customer")]
        later = (
            ("processing", placed + PAID, f"provider:{one.method}", "paid"),
            ("shipped", placed + SHIPPED, seller, "shipped"),
            ("completed", placed + COMPLETED, seller, "completed"),
        )
        return [*begun, *(move for move in later if move[1] <= self._now)]

    def _tell(self, one: Bought, order_id: int, moves: Sequence[tuple[str, datetime, str, str]]) -> None:
        before = None
        for status, at, actor, cause in moves:
            self._put(
                OrderEvent,
                order_id=order_id,
                from_status=before,
                to_status=status,
                actor=actor,
                cause=cause,
                created_at=at,
            )
            if before is not None:
                self._put(
                    Notification,
                    user_id=one.buyer.id,
                    kind="order_card",
                    data={"order_id": order_id},
                    dedupe_key=f"order:{order_id}:{before}>{status}:order_card",
                    run_at=at,
                    sent_at=at,
                    created_at=at,
                )
            before = status

    def _pay(self, one: Bought, order_id: int, attempt_id: int, subtotal: int) -> None:
        paid_at = None if one.is_cancelled else one.placed_at + PAID
        total = 0 if paid_at is None else subtotal + one.shipping
        back = 0 if paid_at is None or self._now - paid_at < COMPLETED else round(subtotal * one.given_back)
        state = "completed" if not back else "refunded" if back == total else "partly_refunded"
        common = {"order_id": order_id, "currency": one.currency, "refunded_amount": back, "created_at": one.placed_at}
        self._put(
            Payment,
            payment_status=state if paid_at else "pending",
            amount=total,
            payment_method=one.method,
            payment_date=paid_at,
            updated_at=paid_at or one.placed_at,
            **common,
        )
        key = f"weeks-{order_id}"
        self._put(
            PaymentAttempt,
            id=attempt_id,
            provider=one.method,
            reference=key,
            charge_id=f"by-hand:{key}" if paid_at else None,
            idempotency_key=key,
            state="paid" if paid_at else "expired",
            amount=subtotal + one.shipping,
            captured_amount=total,
            captured_currency=one.currency if paid_at else None,
            request={},
            paid_at=paid_at,
            updated_at=paid_at or one.placed_at,
            **common,
        )
        if paid_at is None:
            return
        for line in one.lines:
            self._put(
                StockMovement,
                product_id=line.product_id,
                delta=-line.quantity,
                reason="sold",
                actor=f"provider:{one.method}",
                order_id=order_id,
                created_at=paid_at,
            )
        if back:
            at = paid_at + COMPLETED
            self._put(
                Refund,
                order_id=order_id,
                attempt_id=attempt_id,
                amount=back,
                currency=one.currency,
                reason="damaged",
                actor=f"owner:{one.seller.id}",
                state="succeeded",
                idempotency_key=f"refund-{order_id}",
                run_at=at,
                created_at=at,
                updated_at=at,
            )

    def _put(self, table: type[Base], **values: Any) -> None:
        self._rows.setdefault(table, []).append(values)
