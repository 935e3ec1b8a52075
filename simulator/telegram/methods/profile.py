"""What a bot says about itself: name, description, short description."""

from simulator.telegram.errors import bad_request
from simulator.telegram.methods.registry import Call, method
from simulator.telegram.wire import Json


def _set(call: Call, field: str, limit: int) -> Json:
    value = call.parameters.text(field)
    if len(value) > limit:
        raise bad_request(f"BOT_{field.upper()}_INVALID")
    call.bot.profile[field, call.parameters.text("language_code")] = value
    return True


def _get(call: Call, field: str) -> str:
    profile = call.bot.profile
    return profile.get((field, call.parameters.text("language_code"))) or profile.get((field, ""), "")


@method("setMyName", "name language_code")
async def set_my_name(call: Call) -> Json:
    """The bot's name, up to 64 characters."""
    return _set(call, "name", 64)


@method("getMyName", "language_code")
async def get_my_name(call: Call) -> Json:
    """The bot's name in a language."""
    return {"name": _get(call, "name") or call.bot.first_name}


@method("setMyDescription", "description language_code")
async def set_my_description(call: Call) -> Json:
    """What an empty chat with the bot shows, up to 512 characters."""
    return _set(call, "description", 512)


@method("getMyDescription", "language_code")
async def get_my_description(call: Call) -> Json:
    """The description in a language."""
    return {"description": _get(call, "description")}


@method("setMyShortDescription", "short_description language_code")
async def set_my_short_description(call: Call) -> Json:
    """What the bot's profile shows, up to 120 characters."""
    return _set(call, "short_description", 120)


@method("getMyShortDescription", "language_code")
async def get_my_short_description(call: Call) -> Json:
    """The short description in a language."""
    return {"short_description": _get(call, "short_description")}
