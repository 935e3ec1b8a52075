"""Open a link as a phone does: deep links and invoice links stay in Telegram."""

import re

from simulator.acts.paying import Cashier
from simulator.acts.writing import write
from simulator.telegram.chats import Chat
from simulator.telegram.wire import JsonObject
from simulator.telegram.world import World

_DEEP_LINK = re.compile(r"(?:https?://)?t\.me/(?P<bot>\w+)(?:\?start=(?P<start>[A-Za-z0-9_-]{0,64}))?$")
_INVOICE = re.compile(r"(?:https?://)?t\.me/(?:\$|invoice/)(?P<slug>[\w-]+)$")


def follow(world: World, cashier: Cashier, chat: Chat, url: str) -> JsonObject:
    """What opening the link led to: a sent `/start`, an open payment form, or just the address for a browser."""
    if invoice := _INVOICE.match(url):
        return {"sheet": cashier.open(chat, link=invoice["slug"]).to_json()}
    deep = _DEEP_LINK.match(url)
    if deep and deep["bot"].lower() == chat.bot.username.lower():
        message = write(world, chat, f"/start {deep['start'] or ''}")
        return {"sent": message.words, "message_id": message.message_id}
    return {"url": url}
