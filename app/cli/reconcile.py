"""`storefront reconcile`: providers against the ledger against the orders, difference by difference."""

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.options import ConfigFile, read
from app.cli.printing import harmless

if TYPE_CHECKING:
    from app.config import Config
    from shop.payments.ledger import Difference

TO_DO = {
    "found_paid": "Nothing: it is settled now, and everybody concerned was told.",
    "unknown_charge": "Another shop or another database may have taken it. If not, give it back at the provider.",
    "amount_differs": "Compare with the provider: what it says counts. Somebody changed a row here, or the account.",
    "not_paid_there": "Do not send the goods. Compare with the provider: somebody changed a row here, or the account.",
    "unreachable": "Run this again when the provider answers; a refused key must be changed in the settings.",
    "silent": "Look for the charge at the provider. Without one the sheet was closed, and nothing is lost.",
    "unsettled_event": "Look at the provider: it told of this, and does not know it now.",
    "money_without_order": "Give it back, in the chat: /refund {order}",
    "order_without_money": "Do not send the goods before its charge is found at the provider.",
    "summary_differs": "Somebody changed a row: correct it, or restore a backup.",
    "refunds_differ": "Somebody changed a row: correct it, or restore a backup.",
    "refund_waits": "It is tried again by itself; see the reason above. Given back in another way, it could go twice.",
    "refund_by_hand": "Hand the money over, then tap “I gave it back” under the money of order {order}.",
}
DIFFERENT = 1  # exit code: something does not agree, and every line says what


def reconcile(
    config: ConfigFile = None,
    days: Annotated[int, typer.Option(help="How far back providers are asked; Stripe remembers 30 days", min=1)] = 3,
) -> None:
    """Ask every provider, settle what was missed, and name what does not agree."""
    settings = read(config, token=True)
    differences = asyncio.run(_reconcile(settings, timedelta(days=days)))
    from app.logs import redact

    for difference in differences:
        typer.secho(f"✗ {_title(difference)}", fg="red", bold=True)
        typer.echo(harmless(redact(f"    {_amounts(difference)}{' '.join(difference.detail.split())}")))
        typer.echo(f"    → {TO_DO[difference.kind.value].format(order=difference.order_id)}")
    if differences:
        raise typer.Exit(DIFFERENT)
    typer.secho("✓ Providers, ledger and orders agree.", fg="green")


async def _reconcile(config: "Config", look_back: timedelta) -> "list[Difference]":
    from app.assemble import keys
    from app.cli.database import opened
    from app.settings import effective
    from bot.sending.api import ShopBot
    from payments import hang_up, open_providers
    from shop.clock import SystemClock
    from shop.payments.reconcile import reconcile as run

    token = config.telegram.token
    bot = ShopBot(token.reveal() if token else "", api_url=config.telegram.api_url)
    await bot.request.initialize()  # not the whole bot: Stripe can be asked while Telegram is away
    providers = open_providers(keys(config), bot)
    try:
        async with opened(config) as database:
            return await run(
                database,
                providers,
                SystemClock(),
                await effective(config, database),
                look_back=look_back,
                thorough=True,
            )
    finally:
        await hang_up(providers)
        await bot.request.shutdown()


def _title(difference: "Difference") -> str:
    """What does not agree, where, about which order."""
    words = {
        "found_paid": "Paid there and not known here until now",
        "unknown_charge": "A charge that no order knows",
        "amount_differs": "Another amount there than here",
        "not_paid_there": "Paid here, not paid there",
        "unreachable": "Could not be asked",
        "silent": "Agreed to, and nothing heard since",
        "unsettled_event": "Told to us and not settled",
        "money_without_order": "Money kept and no order that goes on",
        "order_without_money": "An order that went on without its money",
        "summary_differs": "The order's summary and its charges",
        "refunds_differ": "The charge's refunded amount and its refunds",
        "refund_waits": "A refund that waits",
        "refund_by_hand": "A refund to be paid back by hand",
    }
    order = f", order {difference.order_id}" if difference.order_id is not None else ""
    provider = f" ({difference.provider})" if difference.provider else ""
    return f"{words[difference.kind]}{order}{provider}"


def _amounts(difference: "Difference") -> str:
    from db.money import Money

    if difference.there is None or difference.here is None or not difference.currency:
        return ""
    here, there = (Money(amount, difference.currency).major() for amount in (difference.here, difference.there))
    return f"here {here} {difference.currency}, there {there} {difference.currency}; "
