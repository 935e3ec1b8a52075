"""deleteMessage and deleteMessages."""

from simulator.telegram.errors import bad_request
from simulator.telegram.messages import Message
from simulator.telegram.methods.registry import Call, method
from simulator.telegram.places import Place
from simulator.telegram.wire import Json, as_integer, as_list

# The Bot API: messages can be deleted for everyone in a private chat for 48 hours.
MAX_AGE = 48 * 3600


def _too_old(call: Call, message: Message) -> bool:
    return call.world.clock.now() - message.date > MAX_AGE


def _remove(call: Call, chat: Place, message: Message) -> None:
    del chat.messages[message.message_id]
    call.world.tell("delete", chat, {"message_id": message.message_id})


@method("deleteMessage", "chat_id message_id")
async def delete_message(call: Call) -> Json:
    """One message less, for the bot and the person."""
    chat = call.chat()
    if not call.parameters.text("message_id"):
        raise bad_request("message identifier is not specified")
    message = call.message(chat, "delete")
    if _too_old(call, message):
        raise bad_request("message can't be deleted for everyone")
    _remove(call, chat, message)
    return True


@method("deleteMessages", "chat_id message_ids")
async def delete_messages(call: Call) -> Json:
    """Up to a hundred messages less; those that are gone already are skipped."""
    chat = call.chat()
    ids = as_list(call.parameters.structure("message_ids", "can't parse message identifiers JSON object"))
    if ids is None:
        raise bad_request("message identifiers are not specified")
    if len(ids) > 100:
        raise bad_request("too many message identifiers specified")
    numbers = [as_integer(value) for value in ids]
    if not all(numbers):
        raise bad_request("invalid message identifier specified")
    for number in numbers:
        message = chat.messages.get(number or 0)
        if message and not _too_old(call, message):
            _remove(call, chat, message)
    return True
