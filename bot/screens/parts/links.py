"""Links into the shop: what they open, how they are shared, and their QR codes."""

import asyncio
from io import BytesIO
from urllib.parse import quote

from bot.routing.visit import Visit

SCALE, QUIET = 12, 4  # pixels a module, modules of the white frame that readers need


def product_link(visit: Visit, product_id: int) -> str:
    """Opens the page of a product."""
    return visit.link(f"p_{product_id}")


def category_link(visit: Visit, category_id: int) -> str:
    """Opens a category."""
    return visit.link(f"c_{category_id}")


def order_link(visit: Visit, order_id: int) -> str:
    """Opens an order for the customer whose it is."""
    return visit.link(f"order_{order_id}")


def share_url(link: str, text: str) -> str:
    """Asks to whom a link shall be sent (https://core.telegram.org/widgets/share)."""
    return f"https://t.me/share/url?url={quote(link, safe='')}&text={quote(text[:100], safe='')}"


async def qr_code(link: str) -> bytes:
    """The link as a picture (PNG) to be printed."""
    return await asyncio.to_thread(_draw, link)


def _draw(link: str) -> bytes:
    import segno  # noqa: PLC0415  a start and a tap cost what they cost without it

    out = BytesIO()
    segno.make(link, error="m", micro=False).save(out, kind="png", scale=SCALE, border=QUIET)
    return out.getvalue()
