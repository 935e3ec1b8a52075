"""Refusals in Stripe's words and shape: a status, a type, a code, the parameter at fault."""

from simulator.stripe.ids import new_id

_DOCS = "https://stripe.com/docs/error-codes/"


class StripeError(Exception):
    """One refusal. `kept` tells whether an idempotency key remembers it (Stripe keeps it once execution began)."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
        kept: bool = True,
        **details: object,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.kind = kind
        self.code = code
        self.param = param
        self.kept = kept
        self.details = details

    def body(self) -> dict[str, object]:
        """Return the JSON body that Stripe sends with the status."""
        error: dict[str, object] = {"message": self.message, "type": self.kind, "request_log_url": _log_url()}
        if self.code is not None:
            error |= {"code": self.code, "doc_url": _DOCS + self.code.replace("_", "-")}
        if self.param is not None:
            error["param"] = self.param
        return {"error": error | self.details}


def _log_url() -> str:
    return f"https://dashboard.stripe.com/test/logs/{new_id('req_')}"


def invalid(message: str, param: str | None = None, code: str | None = None) -> StripeError:
    """A parameter that fails validation: the endpoint never ran, so no key remembers the answer."""
    return StripeError(message, param=param, code=code, kept=False)


def missing(param: str) -> StripeError:
    """A required parameter that was not sent."""
    return invalid(f"Missing required param: {param}.", param, "parameter_missing")


def no_such(kind: str, identifier: str, param: str = "id") -> StripeError:
    """An object that this account does not have (404)."""
    return StripeError(f"No such {kind}: '{identifier}'", status=404, code="resource_missing", param=param)


def server_error() -> StripeError:
    """A failure on Stripe's side: nothing is known about what was done."""
    return StripeError(
        "Something went wrong on Stripe's end. (Talk to us at https://support.stripe.com if this keeps happening.)",
        status=500,
        kind="api_error",
    )


def not_simulated(param: str) -> StripeError:
    """A parameter that Stripe knows and that would change the money, which this pretend Stripe cannot do."""
    return invalid(f"The pretend Stripe does not simulate `{param}`.", param, "not_simulated")
