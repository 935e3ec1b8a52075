"""What no single setting can be blamed for: settings that need or contradict each other."""

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import make_url

from app.config.mistakes import Mistake
from app.config.settings import Config
from app.config.shop import Shop
from bot.words import languages
from bot.words.own import read_own
from db.money import exponent
from shop.policy import SENT
from shop.products.weight import read_weight

STRIPE_SHORTEST_PAGE = timedelta(minutes=30)  # Checkout refuses an expires_at sooner than this
PAYPAL_LONGEST_PAGE = timedelta(hours=3)  # so long a payer may take to agree
SHORTEST_KEEPING = 30  # days
LOOPBACK = ("127.0.0.1", "localhost")
TAKEN = ("webhooks", "healthz", "readyz", "metrics")  # the first parts of other addresses
TEST_HOSTS = ("http://127.0.0.1", "http://localhost")


def check(config: Config) -> Iterator[Mistake]:
    """Everything that is wrong between settings, each blamed on the one to change."""
    yield from _database(config)
    yield from _telegram(config)
    yield from _card_providers(config)
    yield from _stripe(config)
    yield from _paypal(config)
    yield from _shop(config)
    yield from _kept(config)
    yield from _files(config)
    yield from _transfer(config)
    yield from _desk(config)


def _database(config: Config) -> Iterator[Mistake]:
    url = make_url(config.database.url.reveal())
    if url.get_backend_name() != "sqlite" or not url.database:
        return
    file = Path(url.database)
    if file.is_dir():
        yield Mistake(
            "database.url", f"names {file}, which is a folder", "Name a file in it: sqlite:///folder/shop.sqlite3"
        )
    elif not file.parent.is_dir():
        yield Mistake(
            "database.url", f"names a file in {file.parent}, which is not there", "Make the folder, or name another"
        )


def _telegram(config: Config) -> Iterator[Mistake]:
    telegram = config.telegram
    if telegram.mode == "webhook":
        if telegram.webhook_url is None:
            yield Mistake(
                "telegram.webhook_url",
                'is missing, and telegram.mode is "webhook"',
                'Write for example webhook_url = "https://shop.example/telegram"',
            )
        elif not telegram.webhook_url.startswith(("https://", *TEST_HOSTS)):
            yield Mistake("telegram.webhook_url", "is not https", "Telegram delivers to https:// addresses only")
        if telegram.webhook_secret is None:
            yield Mistake(
                "telegram.webhook_secret",
                'is missing, and telegram.mode is "webhook"',
                "Anyone could pretend to be Telegram: write 40 random letters and digits",
            )

    if telegram.provider_token is not None and telegram.provider_token == telegram.token:
        yield Mistake(
            "telegram.provider_token",
            "is the bot's own token",
            "The one for payments is another: @BotFather → your bot → Payments",
        )


def _card_providers(config: Config) -> Iterator[Mistake]:
    telegram = config.telegram
    for position, one in enumerate(telegram.providers, 1):
        if one.token is None:
            continue
        if telegram.provider_token is None:
            yield Mistake(
                "telegram.provider_token",
                f"is missing beside telegram.providers[{position}]",
                "Orders that go elsewhere need one, too",
            )
        if not one.countries and not one.currencies:
            yield Mistake(
                f"telegram.providers[{position}].countries",
                "is empty, and so are its currencies",
                "Say for which orders it is, or make it telegram.provider_token",
            )


def _stripe(config: Config) -> Iterator[Mistake]:
    stripe = config.payments.stripe
    if stripe.webhook_secret is not None and stripe.secret_key is None:
        yield Mistake(
            "payments.stripe.secret_key",
            "is missing beside payments.stripe.webhook_secret",
            "Take both from the Stripe dashboard, Developers",
        )
    if stripe.api_url == "https://api.stripe.com" and stripe.page <= STRIPE_SHORTEST_PAGE:
        yield Mistake(
            "payments.stripe.page", "is not more than 30 minutes, and Stripe refuses that", 'Write page = "31m"'
        )


def _paypal(config: Config) -> Iterator[Mistake]:
    paypal = config.payments.paypal
    given = {"client_id": paypal.client_id, "client_secret": paypal.client_secret, "webhook_id": paypal.webhook_id}
    for name in ("client_id", "client_secret"):
        if given[name] is None and any(given.values()):
            beside = next(other for other, value in given.items() if value is not None)
            yield Mistake(
                f"payments.paypal.{name}",
                f"is missing beside payments.paypal.{beside}",
                "Take it from developer.paypal.com, Apps & Credentials",
            )
    if paypal.page > PAYPAL_LONGEST_PAGE:
        yield Mistake(
            "payments.paypal.page", "is more than three hours, and PayPal forgets sooner", 'Write page = "3h"'
        )


def _agreed(shop: Shop) -> Iterator[Mistake]:
    for position, way in enumerate(shop.shipping, 1):
        if way.agreed and (way.by_weight or way.pickup or way.free_from is not None):
            key = f"shop.shipping[{position}].agreed"
            yield Mistake(key, "is said beside another price", "Leave out by_weight, free_from and pickup there")


def _shop(config: Config) -> Iterator[Mistake]:
    shop = config.shop
    decimals = exponent(shop.currency)
    amounts = [("shop.max_tip", shop.max_tip)]
    amounts += [(f"shop.tips[{position}]", tip) for position, tip in enumerate(shop.tips, 1)]
    amounts += [(f"shop.shipping[{position}].price", way.price) for position, way in enumerate(shop.shipping, 1)]
    amounts += [
        (f"shop.shipping[{position}].free_from", way.free_from)
        for position, way in enumerate(shop.shipping, 1)
        if way.free_from is not None
    ]
    for position, way in enumerate(shop.shipping, 1):
        key, steps = f"shop.shipping[{position}].by_weight", [one.partition(": ") for one in way.by_weight]
        amounts += [(key, price) for _, _, price in steps]
        weights = [read_weight(up_to) for up_to, _, _ in steps]
        if weights != sorted(set(weights)) or 0 in weights:
            yield Mistake(key, "does not rise from more than nothing", 'Write ["1 kg: 4.90", "5 kg: 7.90"]')
        if steps and way.pickup:
            yield Mistake(key, "is said of a way by which nothing is sent", "Leave it out, or pickup")
    for key, amount in amounts:
        if -int(Decimal(amount).normalize().as_tuple().exponent) > decimals:
            yield Mistake(key, f"has more decimals than {shop.currency}", f"Write at most {decimals}")
    ids = [way.id for way in shop.shipping]
    for position, name in enumerate(ids, 1):
        if name in ids[: position - 1]:
            yield Mistake(
                f"shop.shipping[{position}].id", "is taken by another option", "Give each option a name of its own"
            )
    yield from _agreed(shop)
    yield from _spoken(config)
    tips = [Decimal(tip) for tip in shop.tips]
    if tips and (tips != sorted(set(tips)) or tips[0] == 0):
        yield Mistake("shop.tips", "do not rise from more than zero", 'Write for example tips = ["1.00", "2.00"]')
    if tips and Decimal(shop.max_tip) < tips[-1]:
        yield Mistake(
            "shop.max_tip", "is less than the largest of shop.tips", f'Write max_tip = "{shop.tips[-1]}" or more'
        )


def _kept(config: Config) -> Iterator[Mistake]:
    days = config.shop.keep_orders_days
    if 0 < days < SHORTEST_KEEPING:
        yield Mistake(
            "shop.keep_orders_days",
            f"is less than {SHORTEST_KEEPING}, and returns and disputes need the address",
            f"Write {SHORTEST_KEEPING} or more, or 0 to keep it for ever",
        )


def _spoken(config: Config) -> Iterator[Mistake]:
    """Texts in languages that the shop does not speak, or twice in one."""
    known = f"It speaks {', '.join(languages())}"
    for position, way in enumerate(config.shop.shipping, 1):
        for language in (title.partition(":")[0] for title in way.titles):
            if language not in languages():
                yield Mistake(f"shop.shipping[{position}].titles", f"{language!r} is no language of the shop", known)
    spoken = [texts.language for texts in config.shop.texts]
    for position, language in enumerate(spoken, 1):
        if language not in languages():
            yield Mistake(f"shop.texts[{position}].language", "is no language of the shop", known)
        elif language in spoken[: position - 1]:
            yield Mistake(f"shop.texts[{position}].language", "has its texts already", "Write one [[shop.texts]] each")


def _files(config: Config) -> Iterator[Mistake]:
    yield from _words(config.shop.words)
    cover = config.shop.cover
    if not cover or cover.startswith(("http://", "https://", SENT)):
        return
    file = Path(config.shop.media) / cover
    if "\0" in cover or not file.is_file():
        yield Mistake(
            "shop.cover", f"names {file}, which is not there", "Put the picture into shop.media, or name an address"
        )


def _words(name: str) -> Iterator[Mistake]:
    """What is wrong with the owner's own sentences, each with its line."""
    if not name:
        return
    try:
        text = Path(name).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        why = "is not there" if isinstance(error, FileNotFoundError) else "cannot be read as UTF-8 text"
        yield Mistake("shop.words", f"names {name}, which {why}", "storefront words lists what can be put into it")
        return
    for one in read_own(text)[1]:
        yield Mistake("shop.words", f"names {name}, {one}", "Write it as storefront words shows it")


def _transfer(config: Config) -> Iterator[Mistake]:
    transfer = config.payments.transfer
    if transfer.enabled and not transfer.instructions.strip():
        yield Mistake(
            "payments.transfer.instructions",
            "is empty, and payments.transfer.enabled is true",
            "Nobody can pay without the account: write it there, and what to write beside the sum",
        )


def _desk(config: Config) -> Iterator[Mistake]:
    desk = config.desk
    if desk.url is None:
        return
    split = urlsplit(desk.url)
    if split.scheme != "https" and split.hostname not in LOOPBACK:
        yield Mistake("desk.url", "is not https", "Passwords are typed there: put a proxy with a certificate before it")
    if not re.fullmatch(r"(/[a-z0-9_-]+)+", split.path) or split.path.split("/")[1] in TAKEN:
        yield Mistake("desk.url", "has no path of its own", 'Write for example url = "https://shop.example/desk"')
    if config.telegram.webhook_url is not None and urlsplit(config.telegram.webhook_url).path == split.path:
        yield Mistake("desk.url", "has the path of telegram.webhook_url", "Give it another")
    if desk.longest < desk.idle:
        yield Mistake("desk.longest", "is shorter than desk.idle", "A session lasts at least as long as that")
