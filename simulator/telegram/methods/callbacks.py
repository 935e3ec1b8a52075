"""answerCallbackQuery: one answer a tap, with or without words."""

from simulator.telegram.errors import QUERY_TOO_OLD, bad_request
from simulator.telegram.methods.registry import Call, method
from simulator.telegram.places import Place, Toast
from simulator.telegram.queries import OpenQuery
from simulator.telegram.wire import Json, JsonObject

MAX_ANSWER = 200


def take_query(call: Call, name: str, kind: str) -> OpenQuery:
    """The open query a call answers; raises 400 when it was answered, is too old, or never was."""
    query = call.bot.queries.get(call.parameters.text(name))
    now = call.world.clock.now()
    if query is None or query.kind != kind or query.answered or now > query.deadline:
        raise bad_request(QUERY_TOO_OLD)
    return query


@method("answerCallbackQuery", "callback_query_id text show_alert url cache_time")
async def answer_callback_query(call: Call) -> Json:
    """End the spinner on a button; a text becomes a toast or an alert."""
    query = take_query(call, "callback_query_id", "callback")
    text, url = call.parameters.text("text").strip(), call.parameters.text("url")
    if len(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    if url and not url.startswith(
        (f"https://t.me/{call.bot.username}?start=", f"tg://resolve?domain={call.bot.username}")
    ):
        raise bad_request("URL_INVALID")
    alert = call.parameters.flag("show_alert")
    private = call.world.chat(call.bot, call.world.people[query.person])
    chat: Place = call.world.groups.get(query.chat) or private
    query.close({"text": text, "alert": alert, "url": url})
    if text or url:
        chat.toasts.append(Toast(text, alert, call.world.clock.now(), url, query.person))
    kind = ("alert" if alert else "toast") if text else "answered"
    told: JsonObject = {"query_id": query.id, "text": text, "url": url, "message_id": query.message_id}
    call.world.tell(kind, chat, told, query.person)
    call.world.settled.notify()
    return True
