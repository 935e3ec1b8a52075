"""Block a bot, and let it write again."""

from simulator.telegram.chats import Chat
from simulator.telegram.wire import JsonObject
from simulator.telegram.world import World


def set_blocked(world: World, chat: Chat, *, blocked: bool) -> None:
    """Block or unblock; the bot hears of a change as `my_chat_member`."""
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    member: JsonObject = {"user": chat.bot.user(), "status": "member"}
    kicked: JsonObject = {"user": chat.bot.user(), "status": "kicked", "until_date": 0}
    body: JsonObject = {
        "chat": chat.header(),
        "from": chat.person.user(),
        "date": world.seconds(),
        "old_chat_member": member if blocked else kicked,
        "new_chat_member": kicked if blocked else member,
    }
    world.tell("blocked" if blocked else "unblocked", chat, {})
    chat.bot.updates.add("my_chat_member", body, ("chat", chat.person.id))
