"""Whether a webhook is PayPal's: an RSA signature over its very bytes, by a certificate that PayPal itself shows."""

import base64
import zlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from shop.ports import BadWebhook

DOMAIN = "paypal.com"
CERTIFICATES = "/v1/notifications/certs/"
KEPT = 4  # certificates
HTTPS = 443

Fetch = Callable[[str], Awaitable[bytes | None]]


class Verifier:
    """Knows the webhook's id and fetches certificates, from PayPal's hosts only, each once."""

    def __init__(self, webhook_id: str | None, *, api_url: str, fetch: Fetch) -> None:
        self._webhook_id = webhook_id
        self._api_url = api_url
        self._fetch = fetch
        self._certificates: dict[str, bytes] = {}

    async def verify(self, body: bytes, headers: Mapping[str, str]) -> None:
        """Raise BadWebhook unless PayPal signed these bytes for our webhook; ProviderError when that cannot be told."""
        told = {name.lower(): value for name, value in headers.items()}
        sent = [told.get(f"paypal-transmission-{name}", "") for name in ("id", "time", "sig")]
        url = told.get("paypal-cert-url", "")
        if not self._webhook_id:
            raise BadWebhook("no webhook id is configured")
        if not all(sent) or told.get("paypal-auth-algo") != "SHA256withRSA":
            raise BadWebhook("not signed as PayPal signs")
        if not may_be_asked(url, self._api_url):
            raise BadWebhook("the certificate lies somewhere else than at PayPal")
        # the CRC is of the bytes as they came: what was decoded and written anew has another one
        message = f"{sent[0]}|{sent[1]}|{self._webhook_id}|{zlib.crc32(body)}"
        _check(await self._certificate(url), message.encode(), sent[2])

    async def _certificate(self, url: str) -> bytes:
        if url not in self._certificates:
            found = await self._fetch(url)
            if found is None:
                raise BadWebhook("PayPal knows no such certificate")
            if len(self._certificates) >= KEPT:
                self._certificates.clear()
            self._certificates[url] = found
        return self._certificates[url]


def may_be_asked(url: str, api_url: str) -> bool:
    """Whether a certificate at this address can be PayPal's: on its hosts over TLS, or on the server we were given."""
    try:
        parts, ours = urlsplit(url), urlsplit(api_url)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    if not parts.path.removeprefix(ours.path if not _is_paypals(ours.hostname or "") else "").startswith(CERTIFICATES):
        return False
    if _is_paypals(host):
        return parts.scheme == "https" and port in {None, HTTPS} and parts.username is None
    return not _is_paypals(ours.hostname or "") and (parts.scheme, parts.netloc) == (ours.scheme, ours.netloc)


def _is_paypals(host: str) -> bool:
    return host == DOMAIN or host.endswith(f".{DOMAIN}")


def _check(pem: bytes, message: bytes, signature: str) -> None:
    from cryptography import x509  # noqa: PLC0415  heavy, and only shops with PayPal need it
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  the same
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415  the same
    from cryptography.hazmat.primitives.asymmetric import padding, rsa  # noqa: PLC0415  the same

    try:
        certificate = x509.load_pem_x509_certificate(pem)
        names = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
        key = certificate.public_key()
        if not any(_is_paypals(str(name.value).lower()) for name in names) or not isinstance(key, rsa.RSAPublicKey):
            raise BadWebhook("the certificate is not PayPal’s")
        key.verify(base64.b64decode(signature, validate=True), message, padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, ValueError) as error:
        raise BadWebhook(f"not signed by PayPal: {type(error).__name__}") from error


def instant(moment: datetime) -> str:
    """A moment as PayPal's addresses take it: `2026-11-28T17:15:59Z`."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
