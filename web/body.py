"""Reads what somebody sends, up to a limit: strangers may send anything."""

from starlette.exceptions import HTTPException
from starlette.requests import Request

LARGEST = 1024 * 1024  # bytes; Telegram's and Stripe's deliveries are a few thousand


async def read_body(request: Request) -> bytes:
    """The whole body. Raises HTTPException 413 as soon as it is longer than a megabyte."""
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > LARGEST:
        raise HTTPException(413)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise HTTPException(413)
    return bytes(body)
