"""Webhooks as PayPal signs them: RSA over the id, the time, the webhook's id and the CRC32 of the very bytes."""

import base64
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from simulator.delivery import Endpoint
from simulator.paypal.records import Event
from simulator.paypal.shapes import event_json, iso

NAME = "messageverificationcerts.paypal.com"
CERTIFICATE = "CERT-360caa42-fca2a594-pretend"


@dataclass
class Notary:
    """A key and a certificate for it, made when the first is needed; `url` is where the certificate is shown."""

    url: str = "http://127.0.0.1"
    _made: tuple[Any, bytes] | None = field(default=None, repr=False)

    @property
    def certificate(self) -> bytes:
        """The certificate as PEM."""
        return self._key()[1]

    def pack(self, event: Event, endpoint: Endpoint, timestamp: int) -> tuple[bytes, Mapping[str, str]]:
        """Return the body of a delivery and its headers; `endpoint.secret` is the webhook's id."""
        body = json.dumps(event_json(event), ensure_ascii=False).encode()
        return body, self.sign(body, endpoint.secret, timestamp)

    def sign(self, body: bytes, webhook_id: str, timestamp: int) -> Mapping[str, str]:
        """Return the headers beside this body (developer.paypal.com/api/rest/webhooks/rest)."""
        from cryptography.hazmat.primitives import hashes  # noqa: PLC0415  heavy, and only webhooks need it
        from cryptography.hazmat.primitives.asymmetric import padding  # noqa: PLC0415  the same

        transmission, sent = str(uuid4()), iso(timestamp)
        told = f"{transmission}|{sent}|{webhook_id}|{zlib.crc32(body)}"
        signature = self._key()[0].sign(told.encode(), padding.PKCS1v15(), hashes.SHA256())
        return {
            "Content-Type": "application/json",
            "PayPal-Transmission-Id": transmission,
            "PayPal-Transmission-Time": sent,
            "PayPal-Transmission-Sig": base64.b64encode(signature).decode(),
            "PayPal-Cert-Url": f"{self.url}/v1/notifications/certs/{CERTIFICATE}",
            "PayPal-Auth-Algo": "SHA256withRSA",
            "User-Agent": "PayPal/AUHR-214.0-pretend",
        }

    def _key(self) -> tuple[Any, bytes]:
        if self._made is None:
            self._made = _make()
        return self._made


def _make() -> tuple[Any, bytes]:
    from cryptography import x509  # noqa: PLC0415  heavy, and only webhooks need it
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415  the same
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415  the same
    from cryptography.x509.oid import NameOID  # noqa: PLC0415  the same

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)  # noqa: TID251  a certificate is judged by the wall clock
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    return key, bytes(certificate.public_bytes(serialization.Encoding.PEM))
