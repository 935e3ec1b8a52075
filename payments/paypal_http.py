"""How PayPal is asked: a token that is kept, the same request id again and again, refusals by their issue."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

import httpx

from shop.ports import KeyRefused, ProviderError

TIMEOUT = 10.0  # seconds
WAITS = (0.5, 1.0, 2.0)  # seconds before the same request is made again
AGAIN = frozenset({HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS})
EARLY = 60.0  # seconds before its end at which a token is not used any more
IN_WORDS = {
    "CAPTURE_FULLY_REFUNDED": "everything was given back before",
    "COMPLIANCE_VIOLATION": "it breaks a rule of PayPal’s",
    "CURRENCY_MISMATCH": "it was paid in another currency",
    "DUPLICATE_INVOICE_ID": "PayPal took money for this payment before",
    "INSTRUMENT_DECLINED": "the card or account was declined",
    "MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED": "it was tried too often",
    "MAX_NUMBER_OF_REFUNDS_EXCEEDED": "there were too many refunds of this payment",
    "PAYEE_ACCOUNT_RESTRICTED": "the shop’s PayPal account is restricted",
    "PAYER_ACCOUNT_LOCKED_OR_CLOSED": "the customer’s PayPal account is locked or closed",
    "PAYER_ACCOUNT_RESTRICTED": "the customer’s PayPal account is restricted",
    "PENDING_CAPTURE": "the money has not arrived yet",
    "REFUND_AMOUNT_EXCEEDED": "that is more than is left of the payment",
    "REFUND_FAILED_INSUFFICIENT_FUNDS": "there is not enough money in the shop’s PayPal account",
    "REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK": "the customer’s bank disputes the payment",
    "REFUND_TIME_LIMIT_EXCEEDED": "the payment is too old for PayPal to give back (180 days)",
    "TRANSACTION_DISPUTED": "the customer disputes the payment",
    "TRANSACTION_REFUSED": "PayPal refused the payment",
}

Pause = Callable[[float], Awaitable[None]]
Json = dict[str, Any]


class PayPalRefusal(ProviderError):  # noqa: N818  it reads as a claim
    """PayPal understood and says no; `issue` is its code for why."""

    def __init__(self, issue: str, status: int) -> None:
        super().__init__(f"PayPal: {IN_WORDS.get(issue, issue)}"[:200], permanent=True)
        self.issue = issue
        self.status = status


class PayPalHttp:
    """The connections to PayPal."""

    def __init__(self, client_id: str, secret: str, *, api_url: str, timeout: float, pause: Pause) -> None:
        self.api_url = api_url.rstrip("/")
        self._basic = httpx.BasicAuth(client_id, secret)
        self._pause = pause
        self._token: str | None = None
        self._ends = 0.0
        self._buying = asyncio.Lock()
        self._http = httpx.AsyncClient(timeout=timeout, follow_redirects=False)

    async def hang_up(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def ask(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, *, key: str | None = None
    ) -> Json:
        """One request; made again with the same `key` while PayPal stumbles. Raises ProviderError, PayPalRefusal."""
        headers = {"Prefer": "return=representation"} | ({"PayPal-Request-Id": key} if key else {})
        renewed = False
        for wait in (*WAITS, None):
            token = await self._let_in()
            try:
                answer = await self.request(
                    method, path, json=body, headers={**headers, "Authorization": f"Bearer {token}"}
                )
            except httpx.HTTPError as error:
                if wait is None:
                    raise ProviderError(f"PayPal: {type(error).__name__}", unknown=True) from error
                await self._pause(wait)
                continue
            if answer.status_code == HTTPStatus.UNAUTHORIZED and not renewed:
                renewed, self._token = True, None  # tokens end before their time when the secret is changed
                continue
            if answer.status_code in AGAIN or answer.is_server_error:
                if wait is None:
                    unknown = answer.status_code != HTTPStatus.TOO_MANY_REQUESTS
                    raise ProviderError(f"PayPal stumbles ({answer.status_code})", unknown=unknown)
                await self._pause(wait)
                continue
            return _read(answer)
        raise ProviderError("PayPal lets nobody in")

    async def fetch(self, url: str) -> bytes | None:
        """What a public address shows; None when there is nothing. Raises ProviderError."""
        try:
            answer = await self._http.get(url)
        except httpx.HTTPError as error:
            raise ProviderError(f"PayPal: {type(error).__name__}") from error
        if answer.is_server_error:
            raise ProviderError(f"PayPal stumbles ({answer.status_code})")
        return answer.content if answer.is_success else None

    async def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        """One talk over the wire."""
        return await self._http.request(method, self.api_url + path, **more)

    async def _let_in(self) -> str:
        async with self._buying:
            if self._token is None or time.monotonic() >= self._ends:
                self._token, self._ends = await self._buy()
            return self._token

    async def _buy(self) -> tuple[str, float]:
        form = {"grant_type": "client_credentials"}
        for wait in (*WAITS, None):
            try:
                answer = await self.request("POST", "/v1/oauth2/token", data=form, auth=self._basic)
            except httpx.HTTPError as error:
                if wait is None:
                    raise ProviderError(f"PayPal: {type(error).__name__}") from error
            else:
                if answer.status_code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
                    raise KeyRefused(f"PayPal refuses the client id or its secret ({answer.status_code})")
                if answer.is_success:
                    said = _json(answer)
                    return str(said["access_token"]), time.monotonic() + float(said["expires_in"]) - EARLY
                if wait is None:
                    raise ProviderError(f"PayPal stumbles ({answer.status_code})")
            await self._pause(wait)
        raise AssertionError


def _read(answer: httpx.Response) -> Json:
    said = _json(answer)
    if answer.is_success:
        return said
    if answer.status_code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        raise KeyRefused(f"PayPal lets the shop do nothing ({answer.status_code})")
    details = said.get("details")
    first = details[0] if isinstance(details, list) and details else {}
    issue = first.get("issue") if isinstance(first, dict) else None
    raise PayPalRefusal(str(issue or said.get("name") or answer.status_code), answer.status_code)


def _json(answer: httpx.Response) -> Json:
    try:
        said = answer.json()
    except ValueError as error:
        raise ProviderError(f"PayPal: the answer is no JSON ({answer.status_code})", unknown=True) from error
    return said if isinstance(said, dict) else {}
