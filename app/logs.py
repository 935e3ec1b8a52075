"""Logs: columns for people, JSON for machines, and no secret in either."""

import logging
import re
import sys
from collections.abc import Iterable, Mapping
from typing import Literal

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

HIDDEN = "[hidden]"
SECRET_SHAPES = re.compile(
    r"\d{3,}:[A-Za-z0-9_-]{30,}"  # a bot's token
    r"|\b(?:sk|rk)_(?:live|test)_\w+"  # Stripe's keys
    r"|\bwhsec_\w+"
    r"|(?<=://)[^\s/:@]*:[^\s/@]+(?=@)"  # user:password in an address
)
SECRET_NAMES = re.compile(r"token|secret|password|passwd|api_key|authorization", re.IGNORECASE)

# httpx writes every address it asks, and Telegram's addresses contain the token; the rest tell us what we know.
QUIET = ("httpx", "httpcore", "aiohttp", "aiosqlite", "telegram", "alembic", "stripe", "uvicorn.access")


def redact(text: str) -> str:
    """The text without anything that looks like a token, a key or a password."""
    return SECRET_SHAPES.sub(HIDDEN, text)


def _clean(value: object) -> object:
    match value:
        case str():
            return redact(value)
        case Mapping():
            return {key: HIDDEN if _is_named_secret(key, inner) else _clean(inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_clean(inner) for inner in value]
        case None | bool() | int() | float():
            return value
        case _:
            return redact(str(value))


def _is_named_secret(key: object, value: object) -> bool:
    return bool(value) and isinstance(value, str) and SECRET_NAMES.search(str(key)) is not None


def remove_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Processor: hide secrets wherever they stand in an event, tracebacks included; runs last before rendering."""
    kept = {"_record", "_from_structlog"}
    return {
        key: value if key in kept else HIDDEN if _is_named_secret(key, value) else _clean(value)
        for key, value in event.items()
    }


def configure(
    level: Literal["debug", "info", "warning", "error"] = "info", style: Literal["auto", "console", "json"] = "auto"
) -> None:
    """Send every log of the process, ours and the libraries', to standard error in one form."""
    for_people = style == "console" or (style == "auto" and sys.stderr.isatty())
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                remove_secrets,
                structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
                if for_people
                else structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()  # noqa: TID251 (the one place where the standard library's loggers are tamed)
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    _quieten(QUIET)
    # A tick that finds the one before still at work is skipped: that is how it is meant, and said at WARNING.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # noqa: TID251 (as above)
    # A page of HTML instead of JSON, which Telegram's front sends in an outage, is an error of the call, told as such.
    logging.getLogger("telegram.request").setLevel(logging.CRITICAL)  # noqa: TID251 (as above)


def _quieten(names: Iterable[str]) -> None:
    for name in names:
        logging.getLogger(name).setLevel(logging.WARNING)  # noqa: TID251 (as above)
