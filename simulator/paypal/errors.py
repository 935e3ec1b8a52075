"""Refusals in PayPal's words and shape: a status, a name, and an issue in the details."""

import secrets
import string

_DOCS = "https://developer.paypal.com/api/rest/reference/orders/v2/errors/#"
_MESSAGES = {
    "INVALID_REQUEST": "Request is not well-formed, syntactically incorrect, or violates schema.",
    "UNPROCESSABLE_ENTITY": (
        "The requested action could not be performed, semantically incorrect, or failed business validation."
    ),
    "RESOURCE_NOT_FOUND": "The specified resource does not exist.",
    "RESOURCE_CONFLICT": "The server has detected a conflict while processing this request.",
    "RATE_LIMIT_REACHED": "Too many requests. Blocked due to rate limiting.",
    "INTERNAL_SERVER_ERROR": "An internal server error has occurred.",
}


class PayPalError(Exception):
    """One refusal; `details` are fields of the first detail beside its issue, `links` lead the payer on."""

    def __init__(
        self,
        name: str,
        issue: str = "",
        description: str = "",
        *,
        status: int = 422,
        links: tuple[dict[str, str], ...] = (),
        details: dict[str, str] | None = None,
    ) -> None:
        super().__init__(f"{name} {issue}".strip())
        self.name = name
        self.issue = issue
        self.description = description
        self.status = status
        self.links = links
        self.details = details or {}

    def body(self) -> dict[str, object]:
        """Return the JSON body that PayPal sends with the status."""
        body: dict[str, object] = {"name": self.name, "message": _MESSAGES[self.name], "debug_id": new_debug_id()}
        links = list(self.links)
        if self.issue:
            body["details"] = [self.details | {"issue": self.issue, "description": self.description}]
            links.append({"href": _DOCS + self.issue, "rel": "information_link", "method": "GET"})
        return body | {"links": links}


def new_debug_id() -> str:
    """Return what support asks for first."""
    return "f" + "".join(secrets.choice("0123456789abcdef") for _ in range(12))


def new_id() -> str:
    """Return an identifier such as `5O190127TN364715T`."""
    return "".join(secrets.choice(string.ascii_uppercase + string.digits) for _ in range(17))


def invalid(field: str, issue: str, description: str, value: object = None) -> PayPalError:
    """A field that fails validation (400)."""
    told = {"field": field, "location": "body"} | ({} if value is None else {"value": str(value)})
    return PayPalError("INVALID_REQUEST", issue, description, status=400, details=told)


def missing(field: str) -> PayPalError:
    """A required field that was not sent."""
    return invalid(field, "MISSING_REQUIRED_PARAMETER", "A required field / parameter is missing.")


def refused(issue: str, description: str, *, field: str | None = None, value: str | None = None) -> PayPalError:
    """A request that is well-formed and cannot be done (422)."""
    told = {name: text for name, text in (("field", field), ("value", value)) if text is not None}
    return PayPalError("UNPROCESSABLE_ENTITY", issue, description, details=told)


def not_found() -> PayPalError:
    """An object that this account does not have (404)."""
    return PayPalError(
        "RESOURCE_NOT_FOUND",
        "INVALID_RESOURCE_ID",
        "Specified resource ID does not exist. Please check the resource ID and try again.",
        status=404,
    )


def server_error() -> PayPalError:
    """A failure on PayPal's side: nothing is known about what was done."""
    return PayPalError("INTERNAL_SERVER_ERROR", status=500)
