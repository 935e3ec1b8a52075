"""Settings that nobody changes, for tests that need a policy and no configuration."""

from shop.policy import Policy
from shop.settings.states import Origin, State, Value, Wrong


class FixedSettings:
    """Hold one policy and no rows."""

    configured = ()
    refused = ()

    def __init__(self, policy: Policy) -> None:
        self.policy = policy

    def state(self, key: str) -> State:
        """Nothing is known of any."""
        return State(key, Origin.DEFAULT, key, Origin.DEFAULT)

    def check(self, key: str, value: Value) -> Wrong | None:
        """Nothing can be set."""
        return Wrong(key, f"is fixed, and not {value}")

    async def follow(self) -> bool:
        """There is nothing to follow."""
        return False
