"""The configuration of the demo shop: every provider enabled, all of them pretend, and short periods."""

from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

from app.config import Config
from app.config.payments import Cash, Crypto, Payments, PayPal, Stripe, Transfer
from app.config.secret import Secret
from app.config.services import Database, Desk, Telegram, Web
from app.config.shop import Schedule, Shipping, Shop, Tax
from app.demo.cast import OSCAR

MEDIA = "pictures"  # the folder of pictures beside the database: a copy, to which photos may be added
TOKEN = "1234567:pretend-token-of-the-demo"  # noqa: S105  it opens nothing
PROVIDER_TOKEN = "1234567:TEST:pretend"  # noqa: S105  the same
STRIPE_KEY = "sk_test_pretend_demo"
STRIPE_SECRET = "whsec_pretend_demo"  # noqa: S105  the same
PAYPAL_CLIENT = "pretend-demo"
PAYPAL_SECRET = "pretend-secret-of-the-demo"  # noqa: S105  the same
PAYPAL_WEBHOOK = "8PT597110X687430LDEMO"
CRYPTO_TOKEN = "4242:pretend-token-of-the-demo"  # noqa: S105  the same
BOT: dict[str, object] = {
    "token": TOKEN,
    "username": "corner_shop_bot",
    "first_name": "The Corner Shop",
    "inline": True,
}


SHOP = Shop(
    name="The Corner Shop",
    currency="EUR",
    cover="cover.jpg",
    cart_reminder=1,
    return_to="The Corner Shop, Kannenweg 3, 10115 Berlin",
    support="help@shop.example",  # the demo speaks three languages, and this is shown in all of them,
    terms="This is a demo: nothing is sold, nothing is sent, nothing is charged.",
    tips=("1.00", "2.00", "5.00"),
    max_tip="20.00",
    tax=Tax(
        country="DE",
        rates=("DE standard 19", "DE reduced 7", "AT standard 20", "AT reduced 10", "EU standard 19", "* standard 0"),
        seller="The Corner Shop\nKannenweg 3\n10115 Berlin",
        vat_id="DE123456789",
    ),
    shipping=(
        Shipping(
            id="post",
            title="Post, 2–4 days",
            titles=("de: Post, 2–4 Tage", "ru: Почта, 2–4 дня"),
            by_weight=("2 kg: 4.90", "10 kg: 8.90", "30 kg: 16.90"),
            days="2–4",
        ),
        Shipping(
            id="express",
            title="Express, tomorrow",
            titles=("de: Express, morgen", "ru: Экспресс, завтра"),
            price="11.90",
            countries=("DE", "AT", "CH"),
            days="1",
        ),
    ),
)
SCHEDULE = Schedule(
    tick=timedelta(seconds=0.5),
    order_hold=timedelta(minutes=10),
    review_after=timedelta(seconds=5),
    reconcile=timedelta(seconds=20),
)


def demo(simulator: str, data: Path, own: Config | None = None, *, port: int = 0) -> Config:
    """The shop that talks to the simulator at this address and keeps its database in this folder.

    With a configuration of one's own, the shop is called, ships and waits as it says. With the port on which it will be
    served it has a desk.
    """
    shop = own.shop if own else SHOP
    if not shop.shipping:
        shop = replace(shop, shipping=SHOP.shipping)
    if not shop.cover:
        shop = replace(shop, cover=SHOP.cover)
    return Config(
        telegram=Telegram(token=Secret(TOKEN), api_url=simulator, provider_token=Secret(PROVIDER_TOKEN)),
        database=Database(url=Secret(f"sqlite:///{data / 'shop.sqlite3'}")),
        web=Web(host="127.0.0.1", port=0),
        desk=Desk(url=f"http://127.0.0.1:{port}/desk" if port else None, frames=(simulator,)),
        shop=replace(shop, operators=(OSCAR.telegram_id,), media=str(data / MEDIA)),
        payments=Payments(
            stripe=Stripe(
                secret_key=Secret(STRIPE_KEY),
                webhook_secret=Secret(STRIPE_SECRET),
                api_url=f"{simulator}/stripe",
            ),
            paypal=PayPal(
                client_id=PAYPAL_CLIENT,
                client_secret=Secret(PAYPAL_SECRET),
                webhook_id=PAYPAL_WEBHOOK,
                api_url=f"{simulator}/paypal",
            ),
            crypto=Crypto(token=Secret(CRYPTO_TOKEN), api_url=f"{simulator}/crypto"),
            cash=Cash(enabled=True, instructions="Please have the sum ready when the parcel comes."),
            transfer=Transfer(enabled=True, instructions="IBAN DE00 0000 0000 0000 0000 00, The Corner Shop."),
        ),
        schedule=own.schedule if own else SCHEDULE,
    )
