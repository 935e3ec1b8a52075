"""Builds the shop from its configuration: the database, the policy, the providers, the bot, the schedule."""

import os
import secrets
import socket
from pathlib import Path

from msgspec import Struct

from app import tasks
from app.config import Config, require_token
from app.metrics import Metrics
from app.permits import OneAtATime
from app.schedule import Schedule
from app.settings import Settings
from bot.application import BotApp
from bot.routing.payment_queries import DEADLINE
from bot.sending.api import ShopBot
from bot.sending.limits import FloodLimit, OwnLimit
from bot.words.own import read_own
from bot.words.wording import Own, say_instead
from db.session import Database
from payments import Keys, open_providers, say_otherwise
from payments.telegram import Token
from shop.clock import Clock, SystemClock
from shop.policy import Policy
from shop.ports import Provider


class Storefront(Struct, frozen=True, kw_only=True):
    """Everything of one process, built and not yet started."""

    config: Config
    clock: Clock
    db: Database
    settings: Settings
    providers: dict[str, Provider]
    bot: BotApp
    metrics: Metrics
    name: str  # of this process, among replicas

    @property
    def policy(self) -> Policy:
        """What the rules take of the settings, as it holds now."""
        return self.settings.policy

    def schedule(self) -> Schedule:
        """The schedule; the bot must have been started, because it brings the notifications."""
        parts = tasks.Parts(
            db=self.db,
            clock=self.clock,
            policy=lambda: self.settings.policy,
            providers=self.providers,
            courier=self.bot.courier,
            herald=self.bot.herald,
            settings=self.settings.follow,
            posts=self.bot.follow_posts,
            glances=self.bot.write_glances,
            lists=self.bot.go_on_with_lists,
            replay=self.bot.replay if self.config.telegram.mode == "webhook" else None,
        )
        periods = self.config.schedule
        permit = OneAtATime(self.db, self.clock, owner=self.name, ttl=periods.lease)
        return Schedule(tasks.table(parts, periods), permit=permit, observe=self.metrics.task)


def assemble(
    config: Config, *, clock: Clock | None = None, limit: FloodLimit | None = None, gate_seconds: float = DEADLINE
) -> Storefront:
    """Build the shop; a `limit` goes before what its configuration asks for. Raises ConfigMistakes without a token.

    `gate_seconds`: how long a question of Telegram's before a payment may take.
    """
    clock = clock or SystemClock()
    say_instead(own_words(config.shop.words))
    db = Database(config.database.url.reveal(), pool_size=config.database.pool_size)
    metrics = Metrics()
    metrics.watch(db)
    api = ShopBot(require_token(config), api_url=config.telegram.api_url)
    providers = open_providers(keys(config), api)
    settings = Settings(config, db, configured=tuple(providers))
    settings.tell(
        lambda now: say_otherwise(
            providers, cash=now.payments.cash.instructions, transfer=now.payments.transfer.instructions
        )
    )
    bot = BotApp(
        db=db,
        clock=clock,
        settings=settings,
        bot=api,
        providers=providers,
        media=Path(config.shop.media),
        observe=metrics.update,
        flood_limit=limit or flood_limit(config),
        gate_seconds=gate_seconds,
        alone=config.telegram.mode == "polling" or db.is_sqlite,
    )
    return Storefront(
        config=config,
        clock=clock,
        db=db,
        settings=settings,
        providers=providers,
        bot=bot,
        metrics=metrics,
        name=f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"[:64],
    )


def flood_limit(config: Config) -> FloodLimit:
    """Shared with the other replicas of this bot where there is a Redis."""
    if config.redis.url is None:
        return OwnLimit()
    from bot.sending.shared_limit import SharedLimit  # noqa: PLC0415  Redis' client is only loaded where there is a Redis

    bot, _, _ = require_token(config).partition(":")
    return SharedLimit(config.redis.url.reveal(), bot)


def own_words(name: str) -> Own:
    """The sentences that the owner words anew; a file that is wrong was refused with the configuration."""
    return read_own(Path(name).read_text(encoding="utf-8"))[0] if name else {}


def keys(config: Config) -> Keys:
    """What the configuration says about payment providers."""
    payments, telegram, stripe, paypal = (
        config.payments,
        config.telegram,
        config.payments.stripe,
        config.payments.paypal,
    )
    return Keys(
        telegram_token=telegram.provider_token.reveal() if telegram.provider_token else None,
        telegram_vat_code=telegram.receipt_vat_code,
        telegram_others=tuple(
            Token(one.token.reveal(), frozenset(one.countries), frozenset(one.currencies), one.receipt_vat_code)
            for one in telegram.providers
            if one.token is not None
        ),
        stars=payments.stars.enabled,
        stripe_key=stripe.secret_key.reveal() if stripe.secret_key else None,
        stripe_webhook_secret=stripe.webhook_secret.reveal() if stripe.webhook_secret else None,
        stripe_url=stripe.api_url,
        stripe_page=stripe.page,
        stripe_margin=stripe.margin,
        paypal_client=paypal.client_id,
        paypal_secret=paypal.client_secret.reveal() if paypal.client_secret else None,
        paypal_webhook=paypal.webhook_id,
        paypal_url=paypal.api_url,
        paypal_page=paypal.page,
        paypal_margin=paypal.margin,
        crypto_token=payments.crypto.token.reveal() if payments.crypto.token else None,
        crypto_url=payments.crypto.api_url,
        crypto_page=payments.crypto.page,
        crypto_margin=payments.crypto.margin,
        cash=payments.cash.enabled,
        cash_text=payments.cash.instructions,
        transfer=payments.transfer.enabled,
        transfer_text=payments.transfer.instructions,
        order_hold=config.schedule.order_hold,
        payment_margin=config.schedule.payment_margin,
        manual_hold=config.schedule.manual_hold,
    )
