"""From settings to what the shop's rules work with: amounts in minor units, names as the rules call them."""

from zoneinfo import ZoneInfo

from app.config.settings import Config
from db.money import parse_amount
from shop.policy import Policy, ShippingOption


def policy(config: Config) -> Policy:
    """The shop's policy; the configuration was checked, so every amount fits its currency."""
    shop, schedule = config.shop, config.schedule
    return Policy(
        currency=shop.currency,
        operators=frozenset(shop.operators),
        shipping=tuple(
            ShippingOption(
                id=way.id,
                title=way.title,
                price=parse_amount(way.price, shop.currency),
                countries=frozenset(way.countries),
                days=way.days,
            )
            for way in shop.shipping
        ),
        max_quantity=shop.max_quantity,
        page_size=shop.page_size,
        low_stock_at=shop.low_stock_at,
        show_stock_below=shop.show_stock_below,
        order_hold=schedule.order_hold,
        checkout_extension=schedule.checkout_extension,
        manual_hold=schedule.manual_hold,
        review_after=schedule.review_after,
        tips=tuple(parse_amount(tip, shop.currency) for tip in shop.tips),
        max_tip=parse_amount(shop.max_tip, shop.currency),
        shop_name=shop.name,
        support_text=shop.support,
        terms_text=shop.terms,
        timezone=ZoneInfo(shop.timezone),
        cover=shop.cover,
    )
