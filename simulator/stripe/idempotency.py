"""Idempotency keys by Stripe's rule: the first answer is kept for a day, and only for the same request."""

from dataclasses import dataclass, field

from simulator.clock import Clock
from simulator.stripe.errors import StripeError, invalid

KEPT_SECONDS = 24 * 3600
_LONGEST = 255


@dataclass(slots=True)
class Answer:
    """A status and a JSON body."""

    status: int
    body: dict[str, object]
    request_id: str = ""


@dataclass(slots=True)
class _Entry:
    path: str
    params: tuple[tuple[str, str], ...]
    since: float
    answer: Answer | None = None


@dataclass
class Keys:
    """The keys seen in the last 24 hours."""

    clock: Clock
    entries: dict[str, _Entry] = field(default_factory=dict)

    def begin(self, key: str, path: str, params: tuple[tuple[str, str], ...]) -> Answer | None:
        """Claim a key, or return the kept answer; raises StripeError when the key belongs to another request."""
        if len(key) > _LONGEST:
            raise invalid(f"Idempotency keys can have at most {_LONGEST} characters.")
        oldest = self.clock.now() - KEPT_SECONDS
        self.entries = {name: entry for name, entry in self.entries.items() if entry.since > oldest}
        entry = self.entries.get(key)
        if entry is None:
            self.entries[key] = _Entry(path, params, self.clock.now())
            return None
        what = None
        if entry.path != path:
            what = f"for the same endpoint they were first used for ('{entry.path}' vs '{path}')"
        elif entry.params != params:
            what = "with the same parameters they were first used with"
        if what is not None:
            raise StripeError(
                f"Keys for idempotent requests can only be used {what}. Try using a key other than '{key}' if you "
                "meant to execute a different request.",
                kind="idempotency_error",
                kept=False,
            )
        if entry.answer is None:
            raise in_progress(key)
        return entry.answer

    def keep(self, key: str, answer: Answer) -> None:
        """Remember the answer for this key."""
        self.entries[key].answer = answer

    def forget(self, key: str) -> None:
        """Give a key back: its request never began."""
        del self.entries[key]


def in_progress(key: str) -> StripeError:
    """The 409 for a key whose first request still runs."""
    return StripeError(
        "There is currently another in-progress request using this Stripe Idempotency Key (that probably means you "
        f"submitted twice, and the other request is still going through): {key}. Please try again later.",
        status=409,
        code="idempotency_key_in_use",
        kept=False,
    )
