"""Reads what somebody sends, up to a limit and a deadline: strangers may send anything, or nothing."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

LARGEST = 1024 * 1024  # bytes; Telegram's and Stripe's deliveries are a few thousand
PATIENCE = 10.0  # seconds for the whole body; a delivery arrives in one
CLOSE = {"connection": "close"}  # what is still on its way is not waited for


async def read_body(request: Request, *, patience: float = PATIENCE) -> bytes:
    """The whole body.

    Raises HTTPException: 413 as soon as it is longer than a megabyte, 408 when it is not whole within `patience`
    seconds, 400 when whoever sent it hung up.
    """
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > LARGEST:
        raise HTTPException(413, headers=CLOSE)
    body = bytearray()
    try:
        async with asyncio.timeout(patience):
            async for chunk in request.stream():
                body += chunk
                if len(body) > LARGEST:
                    raise HTTPException(413, headers=CLOSE)
    except TimeoutError:
        raise HTTPException(408, headers=CLOSE) from None
    except ClientDisconnect:
        raise HTTPException(400) from None
    return bytes(body)
