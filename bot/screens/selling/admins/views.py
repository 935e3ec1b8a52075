"""Who may sell here, for operators."""

from collections.abc import Sequence

from bot.screens.parts import ways
from bot.screens.parts.person_lines import about, called
from bot.screens.selling.admins.buttons import Appoint, AskAppoint, Dismiss, OpenSellers
from bot.screens.selling.products.buttons import AddProduct
from bot.screens.selling.staff.buttons import InviteSeller
from bot.sending.reply import Key, Screen
from bot.words import Words
from db.models import Role, User

PAGE = 8


def sellers(
    words: Words, selling: Sequence[User], left: Sequence[User] = (), *, page: int = 0, note: str = ""
) -> Screen:
    """Everybody who sells, a page as keys, after those who `left` goods behind; `note` (HTML): what was just done."""
    people = [*left, *selling]
    page = max(0, min(page, (len(people) - 1) // PAGE))
    shown = people[page * PAGE : (page + 1) * PAGE]
    text = words.n("👥 <b>Sellers</b>: {n}", "👥 <b>Sellers</b>: {n}", len(selling))
    lines = [_line(words, person, gone=person in left) for person in shown]
    keys = tuple(
        (Key(words.plain("✕ {name}", name=called(person)), Dismiss(person.telegram_id)),)
        for person in shown
        if person.telegram_id is not None
    )
    previous = OpenSellers(page - 1) if page > 0 else None
    following = OpenSellers(page + 1) if (page + 1) * PAGE < len(people) else None
    hint = words("✕ takes the right to sell away; <code>/admins @name</code> or <code>/admins 12345</code> gives it.")
    return Screen(
        "\n\n".join(part for part in (note, text, "\n".join(lines), hint) if part),
        (
            *keys,
            ways.pages(words, previous, following),
            (
                Key(words.plain("+ Appoint a seller"), AskAppoint()),
                Key(words.plain("🔗 Invite by a link"), InviteSeller()),
            ),
            (ways.home(words),),
        ),
    )


def ask(words: Words, *, problem: str = "") -> Screen:
    """Who shall sell; the next message is the answer."""
    text = words(
        "👥 Who shall sell?\n\nWrite their @username or Telegram id, or forward a message of theirs. "
        "They must have said /start here before a @username can be found."
    )
    return Screen(
        "\n\n".join(part for part in (problem, text) if part), ((Key(words.plain("✕ Cancel"), OpenSellers()),),)
    )


def sure_to_appoint(words: Words, telegram_id: int, person: User | None) -> Screen:
    """Show who it is, and ask whether they shall sell."""
    if person is not None and person.role is Role.ADMIN:
        return Screen(
            words("{who}\n\nThey may sell already.", who=about(words, telegram_id, person)),
            ((ways.back(words, OpenSellers()), ways.home(words)),),
        )
    question = words("👥 <b>Shall this person sell here?</b>\n\n{who}", who=about(words, telegram_id, person))
    warning = words(
        "Usernames change hands. Compare the id with the one they tell you: @userinfobot shows everybody their own."
    )
    return Screen(
        f"{question}\n\n{warning}",
        ((Key(words.plain("✅ Yes, may sell"), Appoint(telegram_id)),), (Key(words.plain("✕ Cancel"), OpenSellers()),)),
    )


def appointed(words: Words, shop_name: str) -> Screen:
    """What the new seller is told."""
    return Screen(
        words(
            "🎉 You may sell in <b>{shop}</b> now.\n\n"
            "/addproduct puts a product on sale, /products shows them, /orders what was bought.",
            shop=shop_name,
        ),
        ((Key(words.plain("+ Add a product"), AddProduct()),), (ways.home(words),)),
    )


def _line(words: Words, person: User, *, gone: bool) -> str:
    if gone:
        return words("⚠️ {name} has goods here, and may sell no more", name=called(person))
    return words("• {name}", name=called(person))
