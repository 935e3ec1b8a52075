"""HTTP to Telegram over aiohttp: python-telegram-bot's own client costs five to ten times the CPU under load.

Failures say what is known: `NotSent` (no connection was had: asking again is safe), `TimedOut` (Telegram was asked and
did not answer in time: it may have happened) and `ConnectionBroke` (it may have happened, though hardly ever did).
Addresses carry the token, so no exception from below is passed on or chained.
"""

from typing import TypeVar

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

T = TypeVar("T")


class NotSent(NetworkError):  # noqa: N818  it reads as a claim
    """Telegram was not reached, so that nothing can have happened there."""


class ConnectionBroke(NetworkError):  # noqa: N818  it reads as a claim
    """The connection ended under the request; most often it was an idle one that Telegram had just closed."""


class AiohttpRequest(BaseRequest):
    """python-telegram-bot's documented extension point; timeouts in seconds, `connections` at once at most."""

    def __init__(
        self,
        *,
        connections: int = 100,
        pool_timeout: float = 10.0,
        connect_timeout: float = 5.0,
        read_timeout: float = 10.0,
        upload_timeout: float = 60.0,
        proxy: str | None = None,
    ) -> None:
        self._connections = connections
        self._pool_timeout = pool_timeout
        self._connect_timeout = connect_timeout
        self._read_timeout = read_timeout
        self._upload_timeout = upload_timeout
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer unless a call says otherwise."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the pool of connections."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One call; the status and the body. Raises NotSent, TimedOut, NetworkError."""
        if self._session is None or self._session.closed:
            raise NotSent("The request was not sent: the client is closed")
        upload = request_data is not None and request_data.contains_files
        reading = _seconds(read_timeout, self._read_timeout)
        if upload:
            # aiohttp has no timeout for writing: reading begins only when all is written
            reading = max(reading or 0, _seconds(write_timeout, self._upload_timeout) or 0) or None
        connecting = _seconds(connect_timeout, self._connect_timeout)
        pooling = _seconds(pool_timeout, self._pool_timeout)
        timeout = aiohttp.ClientTimeout(
            total=None,
            connect=None if connecting is None or pooling is None else connecting + pooling,
            sock_connect=connecting,
            sock_read=reading,
        )
        failure: NetworkError
        try:
            body = _body(request_data)
            async with self._session.request(
                method, url, data=body, headers=_headers(request_data), timeout=timeout, proxy=self._proxy
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError, aiohttp.InvalidURL) as error:
            failure = NotSent(f"The request was not sent: {type(error).__name__}")
        except TimeoutError:
            failure = TimedOut("Telegram did not answer in time: it may have happened")
        except (aiohttp.ClientError, OSError) as error:
            failure = ConnectionBroke(f"The connection broke: {type(error).__name__}")
        raise failure


def _seconds(given: object, usual: float) -> float | None:
    if given is None:
        return None
    return float(given) if isinstance(given, int | float) else usual


def _headers(data: RequestData | None) -> dict[str, str] | None:
    return None if data is None or data.contains_files else {"Content-Type": "application/json"}


def _body(data: RequestData | None) -> bytes | aiohttp.FormData | None:
    if data is None:
        return None
    if not data.contains_files:
        return data.json_payload
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form
