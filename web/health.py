"""Health and readiness: is the process alive, and may it be given work."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

log = structlog.get_logger(__name__)

Check = Callable[[], Awaitable[None]]  # raises when it does not hold
PATIENCE = 3  # seconds for each check


def routes(checks: Mapping[str, Check]) -> list[Route]:
    """`/healthz` answers while the loop turns; `/readyz` answers 503 and the names of the checks that do not hold."""

    async def alive(_request: Request) -> JSONResponse:
        return JSONResponse({"status": "alive"})

    async def ready(_request: Request) -> JSONResponse:
        results = dict(
            zip(checks, await asyncio.gather(*(_holds(name, check) for name, check in checks.items())), strict=True)
        )
        holds = all(results.values())
        told = {name: "ok" if good else "failing" for name, good in results.items()}
        return JSONResponse(
            {"status": "ready" if holds else "not ready", "checks": told}, status_code=200 if holds else 503
        )

    return [Route("/healthz", alive), Route("/readyz", ready)]


async def _holds(name: str, check: Check) -> bool:
    try:
        await asyncio.wait_for(check(), PATIENCE)
    except Exception as error:  # noqa: BLE001  whatever is wrong, the answer is "not ready"
        log.warning("not_ready", check=name, error=type(error).__name__)
        return False
    return True
