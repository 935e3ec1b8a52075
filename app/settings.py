"""The settings of this process: the configuration, the rows of the chat over it, and who hears of a change."""

from collections.abc import Callable, Sequence

import structlog

from app.config import Config
from app.config.policy import policy as policy_of
from app.config.rows import Laid, lay, origin_of, value_of
from db.session import Database
from payments import NAMES
from shop.policy import Policy
from shop.settings import rows, states
from shop.settings.states import Origin, State, Value, Wrong

log = structlog.get_logger(__name__)


class Settings:
    """Reads the rows when the shop opens, and again when the number of changes is another one."""

    def __init__(self, config: Config, db: Database, *, configured: Sequence[str] = NAMES) -> None:
        """`configured`: the ways to pay that the file has."""
        self._file = config
        self._db = db
        self._laid = Laid(config, frozenset(), ())
        self._policy = policy_of(config)
        self._revision = -1
        self._values: dict[str, object] = {}
        self._listeners: list[Callable[[Config], None]] = []
        self.configured = tuple(configured)

    @property
    def policy(self) -> Policy:
        """What the rules take of them, as it holds now."""
        return self._policy

    @property
    def config(self) -> Config:
        """The configuration with the rows over it."""
        return self._laid.config

    @property
    def refused(self) -> tuple[Wrong, ...]:
        """Rows that do not hold, because they are wrong."""
        return tuple(Wrong(one.key, one.wrong) for one in self._laid.refused)

    def tell(self, listener: Callable[[Config], None]) -> None:
        """Have somebody hear of the configuration whenever it is another one."""
        self._listeners.append(listener)

    def state(self, key: str) -> State:
        """How a setting stands."""
        below_from = origin_of(self._file, key)
        origin = Origin.CHAT if key in self._laid.held else below_from
        return State(value_of(self.config, key), origin, value_of(self._file, key), below_from)

    def check(self, key: str, value: Value) -> Wrong | None:
        """What is wrong with a value, by the rules of the file and beside the other rows."""
        for one in lay(self._file, {**self._values, key: value}).refused:
            if one.key == key or one.key in self._laid.held:
                return Wrong(one.key, one.wrong)
        return None

    async def load(self) -> None:
        """Read the rows; what is wrong among them is logged, and does not hold."""
        found = await rows.read(self._db)
        if found.revision < self._revision:
            return  # read before a change that is known already
        self._revision, self._values = found.revision, found.values
        self._laid = lay(self._file, found.values, found.broken)
        self._policy = policy_of(self._laid.config)
        for one in self._laid.refused:
            log.warning("setting_refused", key=one.key, wrong=one.wrong)
        for listener in self._listeners:
            listener(self._laid.config)

    async def follow(self) -> bool:
        """Read the rows again if somebody changed them; whether that was so."""
        if await rows.revision(self._db) == self._revision:
            return False
        await self.load()
        return True


async def effective(config: Config, db: Database) -> Policy:
    """The policy with what is set in the chat, for who needs it once."""
    settings = Settings(config, db)
    await settings.load()
    return settings.policy


_: type[states.Settings] = Settings
