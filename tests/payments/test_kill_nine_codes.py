"""The shop is killed (-9) between a checkout with the last use of a code and its payment: it is used, or free again."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, PromoCode, Promotion, PromotionKind, Redemption
from shop import carts, checkout, promotions
from shop.promotions import PromotionDraft
from tests.payments.counter import Counter
from tests.payments.dying import DYING, Shop, dies_at_every_moment, every, opening
from tests.payments.scenes import Scene, cancel, check_out, check_out_and_pay, expire
from tests.world.clock import START
from tests.world.people import ANN, OLGA, user


@dataclass
class CodeShop(Shop):
    """A shop with a code that counts once."""

    async def says(self, counter: Counter) -> dict[str, Any]:
        """The books, what of the code is used, and by which order at which discount."""
        async with self.db.read() as session:
            used = await session.execute(select(Promotion.used, PromoCode.used).select_from(Promotion).join(PromoCode))
            stand = select(Redemption.order_id).where(Redemption.released_at.is_(None))
            told = [tuple(row) for row in used], list(await session.scalars(stand))
            taken = list(await session.scalars(select(Order.discount)))
        return {**await super().says(counter), "code": told, "discounts": taken}


async def a_cart_with_the_last_use(counter: Counter) -> None:
    """Ann has two teas and a code in her cart."""
    tea = await counter.stock_up()
    draft = PromotionDraft("LAST", PromotionKind.PERCENT, "EUR", value=10, code="LAST", total_limit=1)

    async def fill(session: AsyncSession) -> None:
        ann, now = await user(session, ANN), counter.clock.now()
        await promotions.create(session, await user(session, OLGA), draft, now=now)
        await carts.set_quantity(session, ann, tea.id, 2, now=now)
        await promotions.apply_code(session, ann, "last", now=now)
        counter.remembered["checkout"] = (await checkout.summarise(session, ann, tea.owner_id, tea.kind, now=now)).key

    await counter.run(fill)


async def an_open_page_with_a_code(counter: Counter) -> None:
    """Ann has ordered with the code, and did not pay."""
    await a_cart_with_the_last_use(counter)
    await check_out(counter)


async def an_old_page_with_a_code(counter: Counter) -> None:
    """And her hold ran out."""
    await an_open_page_with_a_code(counter)
    counter.clock.pass_by(hours=1)


SCENES_WITH_A_CODE = (
    Scene("checkout with a code", a_cart_with_the_last_use, check_out, check_out_and_pay),
    Scene("expiry with a code", an_old_page_with_a_code, expire),
    Scene("cancelling with a code", an_open_page_with_a_code, cancel, cancel),
)


pytestmark = DYING
shop = opening(CodeShop)


@every(SCENES_WITH_A_CODE)
def test_no_moment_to_die_uses_a_code_twice_or_loses_it(shop: Shop, scene: Scene) -> None:
    """Guards: counted in the transaction that places the order, given back in the one that ends it."""
    dies_at_every_moment(shop, scene, start=START)
