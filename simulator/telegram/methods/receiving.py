"""getUpdates, setWebhook, deleteWebhook and getWebhookInfo: how a bot hears of things."""

import asyncio
import re
from urllib.parse import urlsplit

from simulator.telegram.errors import bad_request, conflict
from simulator.telegram.methods.media import LOOPBACK
from simulator.telegram.methods.registry import Call, method
from simulator.telegram.webhook import Webhook
from simulator.telegram.wire import Json, JsonObject, as_list, as_text

MAX_LIMIT = 100
MAX_TIMEOUT = 50
PORTS = {443, 80, 88, 8443}
KINDS = {
    *("message", "edited_message", "channel_post", "edited_channel_post", "business_connection", "business_message"),
    *("edited_business_message", "deleted_business_messages", "message_reaction", "message_reaction_count"),
    *("inline_query", "chosen_inline_result", "callback_query", "shipping_query", "pre_checkout_query"),
    *("purchased_paid_media", "poll", "poll_answer", "my_chat_member", "chat_member", "chat_join_request"),
    *("chat_boost", "removed_chat_boost"),
    "subscription",
}


def _remember_allowed(call: Call) -> None:
    """An absent list changes nothing; unknown kinds are ignored, as in Telegram."""
    if "allowed_updates" not in call.parameters:
        return
    kinds = as_list(call.parameters.structure("allowed_updates", "can't parse allowed_updates JSON object"))
    if kinds is not None:
        call.bot.updates.allow({as_text(kind) for kind in kinds} & KINDS)


@method("getUpdates", "offset limit timeout allowed_updates")
async def get_updates(call: Call) -> Json:
    """The next updates, waiting for one up to `timeout` seconds; an offset confirms everything before it."""
    bot, queue = call.bot, call.bot.updates
    if bot.webhook is not None:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    bot.end_poll("terminated by other getUpdates request; make sure that only one bot instance is running")
    _remember_allowed(call)
    offset, limit = call.parameters.integer("offset"), call.parameters.integer("limit", MAX_LIMIT)
    limit = min(max(limit, 1), MAX_LIMIT)
    timeout = min(max(call.parameters.integer("timeout"), 0), MAX_TIMEOUT)
    if offset < 0:
        pending = sorted(queue.waiting)
        offset = pending[offset] if len(pending) >= -offset else (pending[0] if pending else 0)
    queue.confirm_below(offset)
    call.world.settled.notify()
    batch = queue.batch(limit)
    if not batch and timeout:
        with bot.polling() as poll:
            call.world.settled.notify()
            deadline = asyncio.get_running_loop().time() + timeout
            while not batch:
                left = deadline - asyncio.get_running_loop().time()
                if left <= 0 or not await queue.arrived.wait(left):
                    break
                if poll.ended:
                    raise conflict(poll.ended)
                if call.world.closing:
                    break
                batch = queue.batch(limit)
    return [update.to_json() for update in batch]


@method(
    "setWebhook",
    "url certificate ip_address max_connections allowed_updates drop_pending_updates secret_token",
)
async def set_webhook(call: Call) -> Json:
    """Deliver updates by HTTP POST from now on; an empty url ends that."""
    url, secret = call.parameters.text("url").strip(), call.parameters.text("secret_token")
    if not url:
        return await delete_webhook(call)
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    if parts.hostname not in LOOPBACK:
        if parts.scheme != "https":
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if (parts.port or 443) not in PORTS:
            raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    if call.parameters.flag("drop_pending_updates"):
        call.bot.updates.clear()
    _remember_allowed(call)
    call.bot.end_poll("terminated by setWebhook request")
    if call.bot.webhook:
        await call.bot.webhook.stop()
    connections = min(max(call.parameters.integer("max_connections", 40), 1), 100)
    world, bot = call.world, call.bot
    webhook = Webhook(world.clock, bot.updates, url, secret, connections, world.webhook_reply, bot.token)
    bot.webhook = webhook
    webhook.start()
    return True


@method("deleteWebhook", "drop_pending_updates")
async def delete_webhook(call: Call) -> Json:
    """Back to getUpdates."""
    if call.parameters.flag("drop_pending_updates"):
        call.bot.updates.clear()
    if call.bot.webhook:
        await call.bot.webhook.stop()
        call.bot.webhook = None
    return True


@method("getWebhookInfo")
async def get_webhook_info(call: Call) -> Json:
    """Where updates go and how that went."""
    call.bot.updates.expire()
    pending = len(call.bot.updates.waiting)
    info: JsonObject = {"url": "", "has_custom_certificate": False, "pending_update_count": pending}
    if call.bot.webhook:
        info.update(call.bot.webhook.info())
    if call.bot.updates.allowed:
        info["allowed_updates"] = sorted(call.bot.updates.allowed)
    return info
