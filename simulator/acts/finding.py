"""Find a person, a bot or a chat by the names people use for them."""

from typing import TypeAlias

from simulator.acts.refusals import CannotDo
from simulator.telegram.bots import Bot
from simulator.telegram.chats import Chat
from simulator.telegram.groups import Group
from simulator.telegram.people import Person
from simulator.telegram.world import World

Who: TypeAlias = Person | int | str
WhichBot: TypeAlias = Bot | int | str | None
WhichGroup: TypeAlias = Group | int | str


def find_person(world: World, who: Who) -> Person:
    """A person by id, first name or username (any case); raises CannotDo listing the cast."""
    if isinstance(who, Person):
        return who
    if isinstance(who, int) or who.isdigit():
        found = world.people.get(int(who))
    else:
        name = who.removeprefix("@").lower()
        people = world.people.values()
        found = next((p for p in people if name in {p.first_name.lower(), p.username.lower()}), None)
    if found is None:
        cast = ", ".join(f"{person.first_name} ({person.id})" for person in world.people.values())
        raise CannotDo(f"there is nobody called {who}; there are {cast}")
    return found


def find_bot(world: World, which: WhichBot = None) -> Bot:
    """A bot by id, username or token; the only bot when nothing is said; raises CannotDo otherwise."""
    if isinstance(which, Bot):
        return which
    bots = list(world.bots.values())
    if which is not None and which != "":
        name = str(which).removeprefix("@").lower()
        bots = [bot for bot in bots if name in {str(bot.id), bot.username.lower(), bot.token.lower()}]
    if len(bots) == 1:
        return bots[0]
    if not world.bots:
        raise CannotDo("no bot has called the Bot API yet")
    names = ", ".join(f"@{bot.username}" for bot in world.bots.values())
    raise CannotDo(f"which bot? There are {names}")


def find_chat(world: World, who: Who, which: WhichBot = None) -> Chat:
    """The chat of a person with a bot."""
    return world.chat(find_bot(world, which), find_person(world, who))


def open_chat(world: World, who: Who, which: WhichBot = None) -> Chat:
    """The chat as a person who acts in it finds it; raises CannotDo when they blocked the bot."""
    chat = find_chat(world, who, which)
    if chat.blocked:
        raise CannotDo(f"{chat.person.first_name} has blocked @{chat.bot.username}")
    return chat


def find_group(world: World, which: WhichGroup) -> Group:
    """A group or channel by id or title (the newest of a name); raises CannotDo listing them."""
    if isinstance(which, Group):
        return which
    groups = [one for one in world.groups.values() if str(which) in {str(one.id), one.title}]
    if not groups:
        names = ", ".join(one.title for one in world.groups.values()) or "none"
        raise CannotDo(f"there is no group called {which}; there are {names}")
    return groups[-1]


def open_group(world: World, which: WhichGroup, who: Who) -> tuple[Group, Person]:
    """A group and somebody who acts in it; raises CannotDo for whoever is not a member."""
    group, person = find_group(world, which), find_person(world, who)
    if not group.is_in(person.id):
        raise CannotDo(f"{person.first_name} is not in {group.title}")
    return group, person
