"""The counter of a shop under test: one product, people who order it, and everything the database then says."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from app.demo.buying import asking, check_out
from db.models import (
    Inventory,
    Notification,
    Order,
    OrderStatus,
    Payment,
    PaymentAttempt,
    Product,
    ProductKind,
    Refund,
)
from db.session import Database
from shop import carts, checkout, upkeep
from shop.payments import inbox, refunds
from shop.payments.attempts import open_payment
from shop.payments.giving import Wish
from shop.payments.settle import Settlement
from shop.policy import Policy
from shop.ports import AttemptRequest, Opening, Provider, ProviderEvent, WebhookProvider
from tests.payments.tills import PretendTill, paid
from tests.world.clock import ManualClock
from tests.world.goods import a_product
from tests.world.people import ANN, OLGA, OSCAR, Someone, user

T = TypeVar("T")

HOME = {"country_code": "DE", "city": "Berlin", "street_line1": "Ring 1", "street_line2": "", "post_code": "10115"}
POSTAGE = 490


@dataclass
class Counter:
    """Orders, payments and refunds in a few words each; amounts in cents."""

    db: Database
    clock: ManualClock
    policy: Policy
    till: PretendTill = field(default_factory=PretendTill)
    others: dict[str, Provider] = field(default_factory=dict)
    method: str = "pretend"  # the way to pay that people tap
    remembered: dict[str, str] = field(default_factory=dict)  # what people still have on their screens

    @property
    def providers(self) -> dict[str, Provider]:
        return {self.till.name: self.till, **self.others}

    async def run(self, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
        return await self.db.transact(work)

    async def stock_up(self, *, price: int = 450, stock: int = 5, kind: ProductKind = ProductKind.PHYSICAL) -> Product:
        """A product of Olga's; Oscar has spoken to the bot, so that he can be alerted."""
        currency = "XTR" if kind is ProductKind.DIGITAL else "EUR"

        async def work(session: AsyncSession) -> Product:
            await user(session, OSCAR)
            return await a_product(session, price=price, stock=stock, kind=kind, currency=currency, content="KEY-1")

        return await self.run(work)

    async def order(
        self,
        product: Product,
        quantity: int = 1,
        *,
        who: Someone = ANN,
        address: bool = True,
        method: str | None = None,
    ) -> Order:
        """Order so many; sent by post to Berlin unless it has no address yet (or is digital)."""

        async def work(session: AsyncSession) -> Order:
            now, buyer = self.clock.now(), await user(session, who)
            await carts.set_quantity(session, buyer, product.id, quantity, now=now)
            order = await check_out(
                session,
                buyer,
                product.owner_id,
                product.kind,
                method=method,
                policy=self.policy,
                hold=self.policy.order_hold,
                now=now,
            )
            if address and product.kind is ProductKind.PHYSICAL:
                await checkout.choose_shipping(
                    session, order, option_id="post", address=HOME, policy=self.policy, now=now
                )
            return order

        return await self.run(work)

    async def open(self, order: Order, method: str | None = None) -> tuple[PaymentAttempt, Opening]:
        """Tap a way to pay."""
        return await open_payment(
            self.db,
            self.providers,
            method or self.method,
            order.id,
            asking(order.user_id, ANN.telegram_id),
            policy=self.policy,
            clock=self.clock,
        )

    async def request(self, order: Order, method: str | None = None) -> AttemptRequest:
        """Tap a way to pay, and see what the provider was asked."""
        attempt, _ = await self.open(order, method)
        return self.till.pages[attempt.idempotency_key]

    async def bought(self, stock: int = 5) -> tuple[Product, Order]:
        """Ann bought a tea and paid it."""
        tea = await self.stock_up(stock=stock)
        order = await self.order(tea)
        await self.settle(paid(await self.request(order)))
        return tea, order

    async def settle(self, event: ProviderEvent) -> Settlement:
        """The provider says this."""
        return await inbox.take_in(self.db, event, clock=self.clock, policy=self.policy)

    async def receive(self, provider: WebhookProvider, body: bytes, headers: Mapping[str, str]) -> Settlement | None:
        """What the webhook and the schedule do with a delivery."""
        row_id = await inbox.receive(self.db, provider, body, headers, clock=self.clock)
        if row_id is None:
            return None
        return await inbox.process(self.db, self.providers, row_id, clock=self.clock, policy=self.policy)

    async def expire(self) -> int:
        """The schedule looks for orders whose hold ran out."""
        return await upkeep.expire_orders(self.db, self.providers, self.clock, self.policy)

    async def refund(
        self, order: Order, amount: int | None = None, *, restock: bool = False, key: str | None = None
    ) -> list[refunds.RefundNews]:
        """Olga gives money back."""
        wish = Wish(order.id, f"owner:{order.owner_id}", amount=amount, restock=restock, reason="sorry", key=key)
        return await refunds.refund(self.db, self.providers, wish, clock=self.clock, policy=self.policy)

    async def work_on_refunds(self, *, after: timedelta = timedelta(0)) -> int:
        """The schedule works on refunds that wait."""
        self.clock.pass_by(seconds=after.total_seconds())
        return await refunds.run_refunds(self.db, self.providers, self.clock, self.policy)

    async def see(self, order: Order) -> Order:
        """The order as it is now, with its items and events."""
        async with self.db.read() as session:
            query = select(Order).where(Order.id == order.id)
            return (await session.scalars(query.options(selectinload(Order.items), selectinload(Order.events)))).one()

    async def status(self, order: Order) -> OrderStatus:
        return (await self.see(order)).status

    async def money(self, order: Order) -> Payment:
        """The summary of an order's money."""
        async with self.db.read() as session:
            return (await session.scalars(select(Payment).where(Payment.order_id == order.id))).one()

    async def attempts(self, order: Order) -> list[PaymentAttempt]:
        async with self.db.read() as session:
            query = select(PaymentAttempt).where(PaymentAttempt.order_id == order.id).order_by(PaymentAttempt.id)
            return list(await session.scalars(query))

    async def refunds_of(self, order: Order) -> list[Refund]:
        async with self.db.read() as session:
            query = select(Refund).where(Refund.order_id == order.id).order_by(Refund.id)
            return list(await session.scalars(query))

    async def stock(self, product: Product) -> tuple[int, int]:
        """In stock and held."""
        async with self.db.read() as session:
            row = (await session.scalars(select(Inventory).where(Inventory.product_id == product.id))).one()
            return row.quantity_in_stock, row.quantity_reserved

    async def told(self, who: Someone, kind: str) -> list[dict[str, object]]:
        """What a person was told of one kind, oldest first."""
        async with self.db.read() as session:
            query = select(Notification).where(Notification.kind == kind).order_by(Notification.id)
            rows = await session.scalars(query.options(selectinload(Notification.user)))
            return [row.data for row in rows if row.user.telegram_id == who.telegram_id]

    async def problems(self) -> list[object]:
        """What Ann was told about her money, and Oscar too."""
        ann = [row["problem"] for row in await self.told(ANN, "money_problem")]
        oscar = [row["text_code"] for row in await self.told(OSCAR, "operator_alert")]
        return [*ann, *oscar]

    @property
    def seller(self) -> Someone:
        return OLGA
