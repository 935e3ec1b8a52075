"""editMessageText, editMessageCaption and editMessageReplyMarkup: change a message of the bot in place."""

from simulator.telegram.errors import NOT_MODIFIED, bad_request
from simulator.telegram.formatting import message_caption, message_text
from simulator.telegram.keyboards import read_markup, refuse_pay_buttons
from simulator.telegram.messages import Keyboard, Message
from simulator.telegram.methods.registry import Call, method
from simulator.telegram.places import Place
from simulator.telegram.wire import Json

TARGET = "business_connection_id chat_id message_id inline_message_id"


def find_message(call: Call) -> tuple[Place, Message]:
    """The bot's own message that a call edits; raises 400 when it is gone or somebody else's."""
    if call.parameters.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = call.chat()
    call.world.flood.check(call.bot.id, chat.id)
    if not call.parameters.text("message_id"):
        raise bad_request("message identifier is not specified")
    message = call.message(chat, "edit")
    forwarded = "forward_origin" in message.extra
    if not message.from_bot or message.service or message.fixed or forwarded:
        raise bad_request("message can't be edited")
    return chat, message


def read_keyboard(call: Call) -> Keyboard | None:
    """The new inline keyboard; none at all takes the old one away, as in Telegram."""
    markup = read_markup(call.parameters)
    if markup.reply is not None:
        raise bad_request("inline keyboard expected")
    return markup.inline


def finish(call: Call, chat: Place, message: Message, *, visible: bool) -> Json:
    """Date the edit, tell whoever watches, and return the message; `visible` is false for keyboards only."""
    if visible:
        message.edit_date = call.world.seconds()
    call.world.tell("edit", chat, {"message_id": message.message_id})
    return chat.message_json(message)


@method("editMessageText", f"{TARGET} text parse_mode entities link_preview_options reply_markup")
async def edit_message_text(call: Call) -> Json:
    """Another text and keyboard for a text message."""
    chat, message = find_message(call)
    text, keyboard = message_text(call.parameters), read_keyboard(call)
    refuse_pay_buttons(keyboard)
    if message.invoice is not None:
        raise bad_request("message can't be edited")
    if message.text is None:
        raise bad_request("there is no text in the message to edit")
    if message.text == text and message.keyboard == keyboard:
        raise bad_request(NOT_MODIFIED)
    message.text, message.keyboard = text, keyboard
    return finish(call, chat, message, visible=True)


@method("editMessageCaption", f"{TARGET} caption parse_mode caption_entities show_caption_above_media reply_markup")
async def edit_message_caption(call: Call) -> Json:
    """Another caption and keyboard for a photo or a file."""
    chat, message = find_message(call)
    caption, keyboard = message_caption(call.parameters), read_keyboard(call)
    refuse_pay_buttons(keyboard)
    if message.invoice is not None:
        raise bad_request("message can't be edited")
    if not message.has_media:
        raise bad_request("there is no caption in the message to edit")
    if message.caption == caption and message.keyboard == keyboard:
        raise bad_request(NOT_MODIFIED)
    message.caption, message.keyboard = caption, keyboard
    return finish(call, chat, message, visible=True)


@method("editMessageReplyMarkup", f"{TARGET} reply_markup")
async def edit_message_reply_markup(call: Call) -> Json:
    """Another keyboard, everything else as it was."""
    chat, message = find_message(call)
    keyboard = read_keyboard(call)
    if message.invoice is None:
        refuse_pay_buttons(keyboard)
    if message.keyboard == keyboard:
        raise bad_request(NOT_MODIFIED)
    message.keyboard = keyboard
    return finish(call, chat, message, visible=False)
