"""setChatMenuButton and getChatMenuButton: the list of commands, or a Web App in its place."""

from simulator.telegram.errors import bad_request
from simulator.telegram.methods.registry import Call, method
from simulator.telegram.web_apps import menu_button, read_menu_button
from simulator.telegram.wire import Json


def _whose(call: Call) -> int:
    """The person whose button it is, 0 for everybody's; raises 400 for people this bot has never met."""
    if not call.parameters.text("chat_id"):
        return 0
    chat = call.chat()
    if chat.id < 0:
        raise bad_request("chat not found")
    return chat.id


@method("setChatMenuButton", "chat_id menu_button")
async def set_chat_menu_button(call: Call) -> Json:
    """The button of one private chat, or of all that have none of their own."""
    value = call.parameters.structure("menu_button", "can't parse menu button JSON object")
    button = read_menu_button({"type": "default"} if value is None else value)
    call.bot.menu_buttons[_whose(call)] = button
    call.world.journal.write("menu", call.world.clock.now(), call.bot.id, _whose(call), {})
    return True


@method("getChatMenuButton", "chat_id")
async def get_chat_menu_button(call: Call) -> Json:
    """The button that a private chat shows."""
    return menu_button(call.bot, _whose(call))
