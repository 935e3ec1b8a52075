"""Who may write to whom, and about what: an order, a product, or the shop as a whole."""

from typing import cast

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from db.models import Message, Order, Product, Role, User
from db.texts import titled
from shop.catalog.offered import is_offered
from shop.orders.reading import get_for_customer, get_for_owner
from shop.people.permissions import By, Permission, ask
from shop.policy import Policy
from shop.refusals import NotForSale, NotFound


class Thread(Struct, frozen=True):
    """What two people write to each other about; the product is what the next message is about."""

    customer: User
    seller: User
    order: Order | None = None
    product_id: int | None = None
    product: str = ""

    @property
    def order_id(self) -> int | None:
        """The number of the order, if it is about one."""
        return None if self.order is None else self.order.id

    @property
    def messages(self) -> ColumnElement[bool]:
        """Which messages belong to it: all of an order, or all between the two that are about no order."""
        if self.order is not None:
            return Message.order_id == self.order.id
        between = (Message.customer_id == self.customer.id, Message.seller_id == self.seller.id)
        return and_(*between, Message.order_id.is_(None))


async def of_order(session: AsyncSession, customer: User, order_id: int) -> Thread:
    """About the customer's own order. Raises NotFound."""
    order = await get_for_customer(session, customer, order_id)
    return Thread(order.user, order.owner, order)


async def of_sale(session: AsyncSession, by: By, order_id: int) -> Thread:
    """About an order of the seller's goods (operators: of anybody's). Raises NotFound."""
    order = await get_for_owner(session, ask(by, Permission.ORDERS), order_id)
    return Thread(order.user, order.owner, order)


async def of_product(session: AsyncSession, customer: User, product_id: int) -> Thread:
    """A customer's question about a product on sale, to who sells it. Raises NotFound, NotForSale."""
    above = aliased(Product)
    query = select(Product, is_offered(Product, above)).outerjoin(above, above.id == Product.parent_id)
    row = (await session.execute(query.where(Product.id == product_id))).one_or_none()
    if row is None or row[0].owner_id == customer.id:
        raise NotFound(product_id=product_id)
    product, offered = row[0], row[1]
    if not offered:
        raise NotForSale(product=product.name)
    seller = await session.get_one(User, product.owner_id)
    name = titled(product.name, product.option_label)
    return Thread(await session.get_one(User, customer.id), seller, product_id=product.id, product=name)


async def of_shop(session: AsyncSession, customer: User, policy: Policy) -> Thread:
    """A customer's question to the shop: to its seller if it has one, else to an operator. Raises NotFound (nobody)."""
    sellers = select(User).where(User.role == Role.ADMIN).order_by(User.id).limit(2)
    operators = select(User).where(User.telegram_id.in_(policy.operators)).order_by(User.id).limit(1)
    found = list(await session.scalars(sellers))
    if len(found) != 1:
        found = [*await session.scalars(operators), *found]
    if not found or found[0].id == customer.id:
        raise NotFound
    return Thread(await session.get_one(User, customer.id), found[0])


async def of_message(session: AsyncSession, customer: User, message_id: int) -> Thread:
    """Where a message to or from the customer belongs. Raises NotFound."""
    return await _around(session, Message.id == message_id, Message.customer_id == customer.id)


async def of_message_sold(session: AsyncSession, by: By, message_id: int) -> Thread:
    """Where a message to or from the seller (operators: any seller) belongs. Raises NotFound."""
    # an order may have been handed to another seller since it was written
    acting = ask(by, Permission.ORDERS)
    theirs = or_(Message.seller_id == acting.owner_id, Order.owner_id == acting.owner_id)
    return await _around(session, Message.id == message_id, *(() if acting.everything else (theirs,)))


async def _around(session: AsyncSession, *where: ColumnElement[bool]) -> Thread:
    query = select(Message, Order).outerjoin(Order, Order.id == Message.order_id).where(*where)
    loaded = (joinedload(Message.customer), joinedload(Message.seller), joinedload(Message.product))
    row = (await session.execute(query.options(*loaded))).one_or_none()
    if row is None:
        raise NotFound
    message, order = row[0], cast("Order | None", row[1])
    if order is not None:
        seller = await session.get_one(User, order.owner_id)
        return Thread(message.customer, seller, order)
    product = message.product
    name = "" if product is None else titled(product.name, product.option_label)
    return Thread(message.customer, message.seller, product_id=message.product_id, product=name)
