"""The page on which an invoice is paid; the real one is a chat with @CryptoBot."""

from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from simulator.crypto.invoices import ASSETS, CryptoError, Invoice
from simulator.crypto.pretend import PretendCrypto

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Pretend @CryptoBot</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,"><body style="font:16px/1.5 system-ui;max-width:26rem;margin:3rem auto;padding:0 1rem">
<b>Pretend @CryptoBot</b><p>{what}</p><p style="font-size:2rem;margin:.5rem 0"><b>{amount}</b></p>{more}
<p><small>No coins move, and nothing leaves this machine.</small></p></body></html>"""


def routes(crypto: PretendCrypto) -> list[Route]:
    """Return the page and its button."""
    page = Hosted(crypto)
    return [
        Route("/invoice/{hash}", page.show, methods=["GET"]),
        Route("/invoice/{hash}", page.pay, methods=["POST"]),
    ]


class Hosted:
    """The page of every invoice."""

    def __init__(self, crypto: PretendCrypto) -> None:
        self.crypto = crypto

    async def show(self, request: Request) -> Response:
        """The invoice, with a key for each coin while it can be paid."""
        invoice = self._find(request)
        if invoice is None:
            return HTMLResponse(_PAGE.format(what="There is no such invoice.", amount="", more=""), 404)
        more = f"<p>This invoice is {invoice.status}.</p>"
        if invoice.status == "active":
            keys = (
                f'<button name="asset" value="{asset}" style="font:inherit;padding:.6rem 1rem;margin:.2rem">'
                f"Pay {invoice.amount * rate:f} {asset}</button>"
                for asset, rate in ASSETS.items()
            )
            more = f'<form method="post">{"".join(keys)}</form>'
        elif invoice.back:
            more += f'<p><a href="{escape(_homeward(invoice.back))}">Return to the shop</a></p>'
        what = escape(invoice.description or "An invoice")
        return HTMLResponse(_PAGE.format(what=what, amount=f"{invoice.amount} {invoice.fiat}", more=more))

    async def pay(self, request: Request) -> Response:
        """A key was pressed."""
        invoice = self._find(request)
        asset = (await request.body()).decode().partition("asset=")[2]
        if invoice is not None:
            try:
                self.crypto.pay(invoice.id, asset)
            except CryptoError as refusal:
                return HTMLResponse(_PAGE.format(what=escape(refusal.name), amount="", more=""), 400)
        return RedirectResponse(request.url.path, status_code=303)

    def _find(self, request: Request) -> Invoice | None:
        self.crypto.sweep()
        return next((one for one in self.crypto.invoices.values() if one.hash == request.path_params["hash"]), None)


def _homeward(url: str) -> str:
    """A shop's links to its bot lead to the pretend Telegram on this machine, where the chat is."""
    return url.replace("https://t.me/", "/t.me/", 1) if url.startswith("https://t.me/") else url
