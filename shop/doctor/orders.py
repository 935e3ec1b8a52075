"""Orders: their sums, their timeline, their seller, and reviews by buyers only."""

from datetime import datetime, timedelta

from sqlalchemy import BigInteger, Integer, and_, case, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderEvent, OrderItem, OrderStatus, Product, Review
from shop.doctor.finding import Finding, some

LATE = timedelta(hours=1)


async def totals_add_up(session: AsyncSession, _now: datetime) -> list[Finding]:
    """An order costs what its lines cost, minus discount, plus shipping and tax."""
    lines = (
        select(OrderItem.order_id, func.sum(OrderItem.price * OrderItem.quantity).label("total"))
        .group_by(OrderItem.order_id)
        .subquery()
    )
    total = func.coalesce(lines.c.total, 0)
    query = (
        select(Order.id, Order.subtotal, total, Order.total_price)
        .outerjoin(lines, lines.c.order_id == Order.id)
        .where(
            or_(
                Order.subtotal != total,
                Order.total_price != Order.subtotal - Order.discount + Order.shipping + Order.tax,
            )
        )
        .order_by(Order.id)
    )
    return [
        Finding(
            "totals_add_up",
            f"order {order_id}",
            f"its lines cost {sum_of_lines}, the subtotal says {subtotal}, the total {price} (minor units)",
            "Somebody wrote to the table orders by hand: compare with what the customer was shown",
        )
        for order_id, subtotal, sum_of_lines, price in await some(session, query)
    ]


async def taxes_add_up(session: AsyncSession, _now: datetime) -> list[Finding]:
    """The tax of an order is that of its lines and of sending it, on top of its prices or within them."""
    lines = (
        select(
            OrderItem.order_id,
            cast(func.sum(OrderItem.tax), BigInteger).label("tax"),
            cast(func.sum(OrderItem.tax_within), BigInteger).label("within"),
        )
        .group_by(OrderItem.order_id)
        .subquery()
    )
    on_top, within = func.coalesce(lines.c.tax, 0), func.coalesce(lines.c.within, 0)
    query = (
        select(Order.id, Order.tax, Order.tax_within, Order.shipping_tax, on_top, within)
        .outerjoin(lines, lines.c.order_id == Order.id)
        .where(
            or_(
                Order.tax < on_top,
                Order.tax_within < within,
                Order.tax + Order.tax_within != on_top + within + Order.shipping_tax,
            )
        )
        .order_by(Order.id)
    )
    return [
        Finding(
            "taxes_add_up",
            f"order {order_id}",
            f"its tax is {tax} and {inside} within its prices, its lines have {of_lines} and {in_lines}, "
            f"sending it {sending} (minor units)",
            "Somebody wrote to the table orders by hand: compare with its receipt",
        )
        for order_id, tax, inside, sending, of_lines, in_lines in await some(session, query)
    ]


async def timeline_is_complete(session: AsyncSession, _now: datetime) -> list[Finding]:
    """The last event of an order is the move to where it stands."""
    last = select(OrderEvent.order_id, func.max(OrderEvent.id).label("id")).group_by(OrderEvent.order_id).subquery()
    query = (
        select(Order.id, Order.status, OrderEvent.to_status)
        .outerjoin(last, last.c.order_id == Order.id)
        .outerjoin(OrderEvent, OrderEvent.id == last.c.id)
        .where(or_(OrderEvent.id.is_(None), OrderEvent.to_status != Order.status))
        .order_by(Order.id)
    )
    return [
        Finding(
            "timeline_is_complete",
            f"order {order_id}",
            f"it is {status.value}, its last event says {said or 'nothing'}",
            "Somebody wrote to the table orders by hand: nobody was told of that move",
        )
        for order_id, status, said in await some(session, query)
    ]


async def holds_end(session: AsyncSession, now: datetime) -> list[Finding]:
    """A pending order whose time ran out is cancelled, and its stock released."""
    query = (
        select(Order.id, Order.expires_at)
        .where(
            Order.status == OrderStatus.PENDING,
            or_(Order.expires_at < now - LATE, Order.expires_at.is_(None)),
        )
        .order_by(Order.id)
    )
    return [
        Finding(
            "holds_end",
            f"order {order_id}",
            "it is pending without an end" if until is None else f"its time ran out at {until:%Y-%m-%d %H:%M} UTC",
            "Is the scheduler running? It cancels such orders within minutes",
        )
        for order_id, until in await some(session, query)
    ]


async def sellers_sell_their_own(session: AsyncSession, _now: datetime) -> list[Finding]:
    """Every line of an order is a product of the order's seller."""
    query = (
        select(OrderItem.order_id, OrderItem.product_id, Product.owner_id, Order.owner_id)
        .join(Order, Order.id == OrderItem.order_id)
        .join(Product, Product.id == OrderItem.product_id)
        .where(Product.owner_id != Order.owner_id)
        .order_by(OrderItem.id)
    )
    return [
        Finding(
            "sellers_sell_their_own",
            f"order {order_id}, product {product_id}",
            f"the product belongs to seller {owner}, the order to seller {seller}",
            "Was the product given to another seller? Its open orders stay with the old one",
        )
        for order_id, product_id, owner, seller in await some(session, query)
    ]


async def reviews_are_by_buyers(session: AsyncSession, _now: datetime) -> list[Finding]:
    """A review belongs to a completed order of its author with that product (or a variant of it)."""
    bought = (
        select(OrderItem.id)
        .join(Product, Product.id == OrderItem.product_id)
        .where(OrderItem.order_id == Review.order_id, func.coalesce(Product.parent_id, Product.id) == Review.product_id)
        .exists()
    )
    query = (
        select(Review.id, Review.product_id)
        .outerjoin(Order, and_(Order.id == Review.order_id, Order.user_id == Review.user_id))
        .where(or_(Order.id.is_(None), Order.completed_at.is_(None), ~bought))
        .order_by(Review.id)
    )
    return [
        Finding(
            "reviews_are_by_buyers",
            f"review {review_id} of product {product_id}",
            "its author has no completed order with that product",
            "Hide the review",
        )
        for review_id, product_id in await some(session, query)
    ]


async def ratings_add_up(session: AsyncSession, _now: datetime) -> list[Finding]:
    """The stars of a product are those of its reviews that are not hidden."""
    shown = case((Review.hidden_at.is_(None), 1), else_=0)
    stars = (
        select(
            Review.product_id,
            cast(func.sum(Review.rating * shown), Integer).label("stars"),
            cast(func.sum(shown), Integer).label("reviews"),
        )
        .group_by(Review.product_id)
        .subquery()
    )
    total, count = func.coalesce(stars.c.stars, 0), func.coalesce(stars.c.reviews, 0)
    query = (
        select(Product.id, Product.rating_sum, Product.rating_count, total, count)
        .outerjoin(stars, stars.c.product_id == Product.id)
        .where(or_(Product.rating_sum != total, Product.rating_count != count))
        .order_by(Product.id)
    )
    return [
        Finding(
            "ratings_add_up",
            f"product {product_id}",
            f"it shows {said} stars of {reviews} reviews, its reviews have {real} of {many}",
            "Set rating_sum and rating_count to what the reviews say",
        )
        for product_id, said, reviews, real, many in await some(session, query)
    ]
