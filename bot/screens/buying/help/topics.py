"""Help for those who sell, a page for each thing they do: the commands that they may use, said by themselves."""

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from bot.routing.visit import Command
from bot.screens.buying.home.buttons import OpenHelp, OpenTopic, Topic
from bot.screens.parts import ways
from bot.sending.reply import Key, Screen
from bot.words import Words, mark

TITLES: Mapping[Topic, str] = {
    Topic.GOODS: mark("🏷 Products"),
    Topic.ORDERS: mark("📦 Orders"),
    Topic.PROMOTION: mark("📣 Promotion"),
    Topic.SHOP: mark("👥 Running the shop"),
}
ABOUT: Mapping[Topic, str] = {
    Topic.GOODS: "addproduct products edit price sale restock lowstock publish unpublish archive unarchive duplicate"
    " categories link",
    Topic.ORDERS: "today orders ship complete cancel refund packing customer reviews ban unban",
    Topic.PROMOTION: "promo broadcast post connect sales",
}
HINTS: Mapping[Topic, str] = {
    Topic.GOODS: mark("A photo with the caption <code>Name; price; quantity; category</code> is a new product, too."),
    Topic.ORDERS: mark("Reply to a message about an order to answer the customer."),
}


def of(topic: Topic, commands: Iterable[Command]) -> tuple[Command, ...]:
    """The sellers' commands of a topic; what no topic names is about the shop."""
    selling = [one for one in commands if one.audience != "everyone"]
    if topic in ABOUT:
        return tuple(one for one in selling if one.name in ABOUT[topic].split())
    elsewhere = " ".join(ABOUT.values()).split()
    return tuple(one for one in selling if one.name not in elsewhere)


def keys(words: Words, commands: Sequence[Command]) -> tuple[tuple[Key, ...], ...]:
    """The topics in which there is a command for them, two a row."""
    found = [Key(words.plain(TITLES[topic]), OpenTopic(topic)) for topic in Topic if of(topic, commands)]
    return tuple(tuple(found[start : start + 2]) for start in range(0, len(found), 2))


def page(words: Words, topic: Topic, commands: Sequence[Command], *, operating: bool) -> Screen:
    """What they can do, a line each."""
    lines = [f"/{one.name} — {Markup.escape(words.plain(one.about))}" for one in of(topic, commands)]
    parts = [f"<b>{Markup.escape(words.plain(TITLES[topic]))}</b>", "\n".join(lines)]
    if topic in HINTS:
        parts.append(words(HINTS[topic]))
    if topic is Topic.SHOP and operating:
        parts.append(words("What sellers may do to their goods and orders, you may do to everybody’s."))
    return Screen("\n\n".join(parts), ((ways.back(words, OpenHelp()), ways.home(words)),))
