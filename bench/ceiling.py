"""The ceiling: an empty python-telegram-bot handler over the same HTTP client, which answers the tap and edits.

Run as `python -m bench.ceiling API_URL polling|webhook asyncio|uvloop`. In webhook mode it listens on an ephemeral port
itself. python-telegram-bot runs on asyncio's own loop; uvloop shows how much of a difference is the loop.
"""

import asyncio
import sys
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, CommandHandler, ContextTypes

from bench.customer import TOKEN
from bot.sending.request import AiohttpRequest

TEXT = "<b>Green tea, loose leaf</b>\n12.50 €\n★ 4.6 (12)\nOnly 2 left\n\n" + "A calm cup for a slow morning. " * 6
LABELS = (("Add to cart",), ("−", "1", "+"), ("Reviews",), ("Back", "Home"))
MARKUP = InlineKeyboardMarkup(
    [[InlineKeyboardButton(label, callback_data=f"x:{label}") for label in row] for row in LABELS]
)

Context = ContextTypes.DEFAULT_TYPE


async def started(update: Update, _context: Context) -> None:
    """Answer /start with a screen."""
    assert update.message is not None
    await update.message.reply_text(TEXT, parse_mode="HTML", reply_markup=MARKUP)


async def tapped(update: Update, _context: Context) -> None:
    """Answer the tap and edit the screen: the two calls that every tap of a shop costs."""
    query = update.callback_query
    assert query is not None
    await asyncio.gather(query.answer(), query.edit_message_text(TEXT, parse_mode="HTML", reply_markup=MARKUP))


async def main(api_url: str, mode: str) -> None:
    """Serve until killed."""
    request, polling = AiohttpRequest(), AiohttpRequest()
    builder = ApplicationBuilder().token(TOKEN).base_url(f"{api_url}/bot").job_queue(None)
    builder = builder.request(request).get_updates_request(polling).concurrent_updates(256).updater(None)
    application: Application[Any, Any, Any, Any, Any, Any] = builder.build()
    application.add_handler(CallbackQueryHandler(tapped))
    application.add_handler(CommandHandler("start", started))
    async with application:
        await application.start()
        await (poll(application) if mode == "polling" else listen(application))


async def poll(application: "Application[Any, Any, Any, Any, Any, Any]") -> None:
    """The plainest polling loop: hand every update to the application at once."""
    offset = 0
    while True:
        for update in await application.bot.get_updates(offset=offset, timeout=10, read_timeout=15):
            offset = update.update_id + 1
            await application.update_queue.put(update)


async def listen(application: "Application[Any, Any, Any, Any, Any, Any]") -> None:
    """Take updates by webhook, answering after the update was handled, as the shop does."""
    import uvicorn  # noqa: PLC0415  what polls is not measured with a web server in its memory
    from starlette.applications import Starlette  # noqa: PLC0415  the same
    from starlette.requests import Request  # noqa: PLC0415  the same
    from starlette.responses import Response  # noqa: PLC0415  the same
    from starlette.routing import Route  # noqa: PLC0415  the same

    async def receive(request: Request) -> Response:
        await application.process_update(Update.de_json(await request.json(), application.bot))
        return Response()

    site = Starlette(routes=[Route("/hook", receive, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(site, host="127.0.0.1", port=0, log_level="warning", access_log=False))
    serving = asyncio.get_running_loop().create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    await application.bot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token="bench", max_connections=100)
    await serving


if __name__ == "__main__":
    api_url, mode, loop = sys.argv[1:]
    if loop == "uvloop":
        import uvloop

        uvloop.run(main(api_url, mode))
    else:
        asyncio.run(main(api_url, mode))
