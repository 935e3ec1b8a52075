"""From settings to what the shop's rules work with: amounts in minor units, names as the rules call them."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from app.config.settings import Config
from app.config.shop import Shipping
from bot.words import languages
from db.amounts import parse_amount
from shop.policy import Carrier, Hours, Ordering, Policy, ShippingOption, Step
from shop.products.weight import read_weight
from shop.settings.opening import DAYS
from shop.settings.spoken import by_language
from shop.taxes import Rates, by_place


def policy(config: Config) -> Policy:
    """The shop's policy; the configuration was checked, so every amount fits its currency."""
    shop, schedule = config.shop, config.schedule
    greeting, greetings = by_language(shop.greeting, languages())
    return Policy(
        currency=shop.currency,
        operators=frozenset(shop.operators),
        shipping=tuple(
            ShippingOption(
                id=way.id,
                title=way.title,
                price=min((step.price for step in steps), default=parse_amount(way.price, shop.currency)),
                steps=steps,
                agreed=way.agreed,
                countries=frozenset(way.countries),
                days=way.days,
                pickup=way.pickup,
                free_from=None if way.free_from is None else parse_amount(way.free_from, shop.currency),
            )
            for way in shop.shipping
            for steps in [_steps(way.by_weight, shop.currency)]
        ),
        carriers=tuple(Carrier(one.id, one.name, one.url) for one in shop.carriers),
        ordering=Ordering(shop.ordering),
        notice=shop.notice,
        back_on=date.fromisoformat(shop.back_on) if shop.back_on else None,
        hours=tuple(map(_hours, shop.hours)),
        ask_phone=shop.ask_phone,
        max_quantity=shop.max_quantity,
        max_unpaid_orders=shop.max_unpaid_orders,
        max_held_units=shop.max_held_units,
        max_held_lines=shop.max_held_lines,
        page_size=shop.page_size,
        low_stock_at=shop.low_stock_at,
        show_stock_below=shop.show_stock_below,
        order_hold=schedule.order_hold,
        checkout_extension=schedule.checkout_extension,
        manual_hold=schedule.manual_hold,
        longest_hold=_longest_hold(config),
        review_after=schedule.review_after,
        returns=timedelta(days=shop.return_days),
        return_reminder=timedelta(days=shop.return_reminder),
        return_to=shop.return_to,
        keep_orders=timedelta(days=shop.keep_orders_days),
        keep_messages=timedelta(days=shop.keep_messages_days),
        keep_drafts=timedelta(days=shop.keep_drafts_days),
        keep_imports=timedelta(days=shop.keep_imports_days),
        cart_reminder=timedelta(hours=shop.cart_reminder),
        tips=tuple(parse_amount(tip, shop.currency) for tip in shop.tips),
        max_tip=parse_amount(shop.max_tip, shop.currency),
        shop_name=shop.name,
        greeting=greeting,
        greeting_by_language={texts.language: texts.greeting for texts in shop.texts if texts.greeting} | greetings,
        titles=_titles(shop.shipping),
        ways_off=frozenset(config.payments.off),
        support_text=shop.support,
        terms_text=shop.terms,
        support_by_language={texts.language: texts.support for texts in shop.texts if texts.support},
        terms_by_language={texts.language: texts.terms for texts in shop.texts if texts.terms},
        timezone=ZoneInfo(shop.timezone),
        tax=Rates(
            country=shop.tax.country,
            included=shop.tax.included,
            by_place=by_place(shop.tax.rates),
            shipping_class=shop.tax.shipping,
        ),
        seller=shop.tax.seller,
        vat_id=shop.tax.vat_id,
        cover=shop.cover,
        desk_url=config.desk.url or "",
    )


def _steps(written: Iterable[str], currency: str) -> tuple[Step, ...]:
    """`1 kg: 4.90`, which was checked."""
    return tuple(
        Step(read_weight(up_to), parse_amount(price.strip(), currency))
        for up_to, _, price in (one.partition(":") for one in written)
    )


def _titles(ways: Iterable[Shipping]) -> Mapping[str, Mapping[str, str]]:
    titles: dict[str, dict[str, str]] = {}
    for way in ways:
        for title in way.titles:
            language, _, said = title.partition(":")
            titles.setdefault(language, {})[way.title] = said.strip()
    return titles


def _hours(text: str) -> Hours:
    """`mon 09:00-18:00`, which was checked."""
    day, _, times = text.partition(" ")
    opens, closes = (int(one[:2]) * 60 + int(one[3:]) for one in times.split("-"))
    return Hours(DAYS.index(day), opens, closes)


def _longest_hold(config: Config) -> timedelta:
    """Two payments in a row by invoice or page; where people pay by hand, as long as that takes."""
    payments, schedule = config.payments, config.schedule
    pages = [schedule.order_hold + schedule.payment_margin, schedule.checkout_extension]
    if payments.stripe.secret_key is not None:
        pages.append(payments.stripe.page + payments.stripe.margin)
    if payments.paypal.client_secret is not None:
        pages.append(payments.paypal.page + payments.paypal.margin)
    if payments.crypto.token is not None:
        pages.append(payments.crypto.page + payments.crypto.margin)
    by_hand = schedule.manual_hold if payments.cash.enabled or payments.transfer.enabled else timedelta()
    return max(2 * max(pages), by_hand)
