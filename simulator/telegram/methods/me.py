"""getMe and the two methods that end a bot's session."""

from simulator.telegram.methods.registry import Call, method
from simulator.telegram.wire import Json


@method("getMe")
async def get_me(call: Call) -> Json:
    """The bot itself."""
    return {
        **call.bot.user(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": call.bot.inline,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
        "supports_guest_queries": False,
    }


@method("logOut")
async def log_out(_: Call) -> Json:
    """Accepted: there is no other server to move to."""
    return True


@method("close")
async def close(_: Call) -> Json:
    """Accepted: there is no instance to close."""
    return True
