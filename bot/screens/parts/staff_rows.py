"""The keys of those who sell, on the first screen."""

from bot.screens.selling.admins.buttons import OpenSellers
from bot.screens.selling.categories.buttons import OpenTree
from bot.screens.selling.log.buttons import OpenLog
from bot.screens.selling.products.buttons import (
    AddProduct,
    OpenProducts,
)
from bot.screens.selling.settings.buttons import OpenSettings
from bot.screens.selling.staff.buttons import AskLeaveStaff, OpenStaff
from bot.screens.selling.today.buttons import OpenToday
from bot.sending.reply import Key, Keyboard
from bot.words import Words


def staff_rows(words: Words, *, is_operator: bool, is_staff: bool = False) -> Keyboard:
    """The rows of the first screen for those who sell, and for operators."""
    people = [Key(words.plain("👥 My staff"), OpenStaff()), Key(words.plain("📜 Log"), OpenLog())]
    if is_operator:
        people.insert(0, Key(words.plain("👥 Sellers"), OpenSellers()))
    settings = (Key(words.plain("⚙️ Settings"), OpenSettings()),) if is_operator else ()
    return (
        (Key(words.plain("☀️ Today"), OpenToday()), Key(words.plain("🗂 Categories"), OpenTree()), *settings),
        (Key(words.plain("🏷 My products"), OpenProducts()), *_adding(words)),
        tuple(people),
        *(((Key(words.plain("👋 Leave the staff"), AskLeaveStaff()),),) if is_staff else ()),
    )


def _adding(words: Words) -> tuple[Key, ...]:
    return (Key(words.plain("+ Add a product"), AddProduct()),)
