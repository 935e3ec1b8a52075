"""OAuth: a client's id and secret buy a token, which ends."""

import base64
import secrets
from dataclasses import dataclass, field

from simulator.clock import Clock

LIFETIME_SECONDS = 9 * 3600


class NotKnown(Exception):  # noqa: N818  it reads as a claim
    """Nobody that PayPal knows: 401 with an OAuth error."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(error)
        self.body = {"error": error, "error_description": description}


@dataclass
class Tokens:
    """The tokens that were given out. Every client whose id and secret look pretend is let in."""

    clock: Clock
    lifetime: int = LIFETIME_SECONDS
    given: dict[str, float] = field(default_factory=dict)
    revoked: set[str] = field(default_factory=set)  # secrets that are not let in any more

    def buy(self, authorization: str) -> dict[str, object]:
        """`POST /v1/oauth2/token`; raises NotKnown."""
        scheme, _, code = authorization.partition(" ")
        try:
            client, _, secret = base64.b64decode(code, validate=True).decode().partition(":")
        except ValueError:
            client = secret = ""
        if scheme != "Basic" or not client.startswith("pretend-") or not secret or secret in self.revoked:
            raise NotKnown("invalid_client", "Client Authentication failed")
        token = "A21AA" + secrets.token_urlsafe(32)
        self.given[token] = self.clock.now() + self.lifetime
        return {
            "scope": "https://uri.paypal.com/services/payments/payment",
            "access_token": token,
            "token_type": "Bearer",
            "app_id": "APP-PRETEND",
            "expires_in": self.lifetime,
            "nonce": secrets.token_hex(8),
        }

    def check(self, authorization: str) -> None:
        """Let a bearer in; raises NotKnown."""
        scheme, _, token = authorization.partition(" ")
        if scheme != "Bearer" or self.given.get(token, 0) <= self.clock.now():
            raise NotKnown("invalid_token", "Token signature verification failed")

    def end_all(self) -> None:
        """End every token before its time."""
        self.given.clear()
