"""An order of the demo that waits for its seller's price of sending, as if the shop had a way without one."""

from collections.abc import Mapping
from datetime import datetime

from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncSession

from app.demo.buying import check_out
from db.models import User
from shop import carts, checkout
from shop.checkout import quoting
from shop.policy import Policy, ShippingOption

FREIGHT = ShippingOption("freight", "Freight", 0, agreed=True)
BUYER, GOODS = "Lena", "Desk lamp"
ADDRESS = {"name": BUYER, "country_code": "NO", "city": "Tromsø", "street_line1": "Storgata 92", "post_code": "9008"}


async def order_by_freight(
    session: AsyncSession,
    people: Mapping[str, User],
    goods: Mapping[str, list[int]],
    *,
    policy: Policy,
    now: datetime,
) -> None:
    """Lena wants two lamps far up north: Ivan is asked what sending them costs."""
    buyer, seller = people[BUYER], people["Ivan"]
    policy = replace(policy, shipping=(FREIGHT,))
    await carts.set_quantity(session, buyer, goods[GOODS][0], 2, now=now)
    order = await check_out(session, buyer, seller.id, policy=policy, hold=policy.order_hold, now=now)
    await checkout.choose_shipping(session, order, option_id=FREIGHT.id, address=ADDRESS, policy=policy, now=now)
    await quoting.ask_price(session, buyer, order.id, policy=policy, now=now)
