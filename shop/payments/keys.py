"""A provider that refuses our key: nothing works there until a person changes it, so people are told (a flow)."""

import structlog

from db.session import Database
from shop.clock import Clock
from shop.payments import alerts
from shop.policy import Policy
from shop.ports import KeyRefused, ProviderError

log = structlog.get_logger()


async def mind(db: Database, provider: str, error: ProviderError, *, clock: Clock, policy: Policy) -> None:
    """Log a refused key and tell the operators, once a day while it lasts; other errors are none of its business."""
    if not isinstance(error, KeyRefused):
        return
    log.error("provider_refuses_key", provider=provider, why=str(error))
    await db.transact(lambda session: alerts.tell_key_refused(session, provider, policy=policy, now=clock.now()))
