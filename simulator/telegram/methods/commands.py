"""setMyCommands, getMyCommands and deleteMyCommands: the menu beside the text field, per scope and language."""

import re

from simulator.telegram.errors import bad_request
from simulator.telegram.methods.registry import Call, method
from simulator.telegram.wire import Json, JsonObject, as_integer, as_list, as_object, as_text

SIMPLE_SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
CHAT_SCOPES = {"chat", "chat_administrators", "chat_member"}


def _key(call: Call) -> tuple[str, str]:
    """(scope, language); raises 400 for a scope that does not exist."""
    value = call.parameters.structure("scope", "can't parse BotCommandScope JSON object")
    language = call.parameters.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("LANG_CODE_INVALID")
    if value is None:
        return "default", language
    scope = as_object(value)
    if scope is None:
        raise bad_request("can't parse BotCommandScope: BotCommandScope must be an Object")
    kind = as_text(scope.get("type"))
    if kind in SIMPLE_SCOPES:
        return kind, language
    if kind not in CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    chat_id = as_text(scope.get("chat_id"))
    if not chat_id:
        raise bad_request("can't parse BotCommandScope: Empty chat_id specified")
    number = as_integer(chat_id) or 0
    if (call.bot.id, number) not in call.world.chats and number not in call.world.groups:
        raise bad_request("chat not found")
    return f"{kind}:{chat_id}", language


@method("setMyCommands", "commands scope language_code")
async def set_my_commands(call: Call) -> Json:
    """The commands of a scope and language."""
    rows = as_list(call.parameters.structure("commands", "can't parse commands JSON object"))
    if rows is None:
        raise bad_request("expected an Array of BotCommand")
    if len(rows) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands: list[JsonObject] = []
    for row in rows:
        command = as_object(row)
        if command is None:
            raise bad_request("can't parse BotCommand: expected an Object")
        name, about = as_text(command.get("command")).removeprefix("/"), as_text(command.get("description")).strip()
        if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(about) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        commands.append({"command": name, "description": about})
    key = _key(call)
    if commands:
        call.bot.commands[key] = commands
    else:
        call.bot.commands.pop(key, None)
    return True


@method("getMyCommands", "scope language_code")
async def get_my_commands(call: Call) -> Json:
    """The commands set for exactly this scope and language."""
    return call.bot.commands.get(_key(call), [])


@method("deleteMyCommands", "scope language_code")
async def delete_my_commands(call: Call) -> Json:
    """Back to the commands of the wider scope."""
    call.bot.commands.pop(_key(call), None)
    return True
