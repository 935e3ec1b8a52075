"""HTTP to Telegram over aiohttp: python-telegram-bot's own client costs five to ten times the CPU under load.

Failures say what is known: `NotSent` (no connection was had: asking again is safe), `TimedOut` (Telegram was asked and
did not answer in time: it may have happened) and `ConnectionBroke` (it may have happened, though hardly ever did).
Addresses carry the token, so no exception from below is passed on or chained.
"""

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

JSON = {"Content-Type": "application/json"}
MOST_URLS = 256


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
        self._usual = self._timeout(read_timeout, connect_timeout, pool_timeout)
        self._session: aiohttp.ClientSession | None = None
        self._urls: dict[str, URL] = {}

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
        """One call; the status and the body. Raises NotSent, TimedOut, ConnectionBroke."""
        upload = request_data is not None and request_data.contains_files
        reading = _seconds(read_timeout, self._read_timeout)
        if upload:
            # aiohttp has no timeout for writing: reading begins only when all is written
            reading = max(reading or 0, _seconds(write_timeout, self._upload_timeout) or 0) or None
        connecting = _seconds(connect_timeout, self._connect_timeout)
        timeout = self._timeout(reading, connecting, _seconds(pool_timeout, self._pool_timeout))
        return await self._exchange(method, url, _body(request_data), _headers(request_data), timeout)

    async def post_json(self, url: str, body: bytes) -> tuple[int, bytes]:
        """One call with the usual timeouts; the status and the body. Raises NotSent, TimedOut, ConnectionBroke."""
        return await self._exchange("POST", url, body, JSON, self._usual)

    async def _exchange(
        self,
        method: str,
        url: str,
        body: bytes | aiohttp.FormData | None,
        headers: dict[str, str] | None,
        timeout: aiohttp.ClientTimeout,
    ) -> tuple[int, bytes]:
        if self._session is None or self._session.closed:
            raise NotSent("The request was not sent: the client is closed")
        failure: NetworkError
        try:
            async with self._session.request(
                method, self._parsed(url), data=body, headers=headers, timeout=timeout, proxy=self._proxy
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError, aiohttp.InvalidURL) as error:
            failure = NotSent(f"The request was not sent: {type(error).__name__}")
        except TimeoutError:
            failure = TimedOut("Telegram did not answer in time: it may have happened")
        except (aiohttp.ClientError, OSError) as error:
            failure = ConnectionBroke(f"The connection broke: {type(error).__name__}")
        raise failure

    def _parsed(self, url: str) -> URL:
        """The address, parsed once for each of the few dozen methods."""
        parsed = self._urls.get(url)
        if parsed is None:
            parsed = URL(url)
            if len(self._urls) < MOST_URLS:
                self._urls[url] = parsed
        return parsed

    @staticmethod
    def _timeout(reading: float | None, connecting: float | None, pooling: float | None) -> aiohttp.ClientTimeout:
        return aiohttp.ClientTimeout(
            total=None,
            connect=None if connecting is None or pooling is None else connecting + pooling,
            sock_connect=connecting,
            sock_read=reading,
        )


def _seconds(given: object, usual: float) -> float | None:
    if given is None:
        return None
    return float(given) if isinstance(given, int | float) else usual


def _headers(data: RequestData | None) -> dict[str, str] | None:
    return None if data is None or data.contains_files else JSON


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
