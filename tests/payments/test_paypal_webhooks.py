"""What PayPal tells is believed when PayPal signed its very bytes for our webhook, and then it is only a hint."""

from collections.abc import AsyncGenerator

import pytest

from payments.paypal_signature import may_be_asked
from shop.ports import BadWebhook
from simulator.delivery import Endpoint
from simulator.paypal.signing import Notary
from tests.payments.counter import Counter
from tests.payments.pretend_paypal import WEBHOOK, PayPalCounter, paypal_counter

pytestmark = pytest.mark.one_database


@pytest.fixture
async def desk(counter: Counter) -> AsyncGenerator[PayPalCounter]:
    async with paypal_counter(counter) as opened:
        yield opened


async def test_only_what_paypal_signed_over_these_bytes_is_believed(desk: PayPalCounter) -> None:
    """Guards: the signature, over the bytes as they came; our webhook's id in it; where certificates may lie."""
    await desk.agreed()
    (event_id,) = desk.pretend.account.events
    body, headers = desk.delivery(event_id)
    event = desk.pretend.account.events[event_id]
    stranger = Notary(url=desk.pretend.account.notary.url)
    elsewhere = {**headers, "PayPal-Cert-Url": "https://paypal.com.evil.example/v1/notifications/certs/CERT-1"}
    forged = [
        (body.replace(b'"breakdown": {', b'"breakdown":{'), headers),
        (body + b" ", headers),
        (body, elsewhere),
        (body, {}),
        (body, {**headers, "PayPal-Transmission-Id": "another"}),
        stranger.pack(event, Endpoint("", WEBHOOK), 1),
        desk.pretend.account.notary.pack(event, Endpoint("", "ANOTHERWEBHOOK"), 1),
    ]

    for wrong, told in forged:
        with pytest.raises(BadWebhook):
            await desk.paypal.read_webhook(wrong, told)
    assert await desk.paypal.read_webhook(body, headers) is not None


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://api.paypal.com/v1/notifications/certs/CERT-1", True),
        ("https://api.sandbox.paypal.com/v1/notifications/certs/CERT-1", True),
        ("http://api.paypal.com/v1/notifications/certs/CERT-1", False),
        ("https://api.paypal.com:8443/v1/notifications/certs/CERT-1", False),
        ("https://evil.example/v1/notifications/certs/CERT-1", False),
        ("https://evilpaypal.com/v1/notifications/certs/CERT-1", False),
        ("https://api.paypal.com@evil.example/v1/notifications/certs/CERT-1", False),
        ("https://api.paypal.com/somewhere/else", False),
        ("https://[", False),
    ],
)
def test_certificates_lie_on_paypals_hosts(url: str, good: bool) -> None:
    assert may_be_asked(url, "https://api-m.paypal.com") is good
