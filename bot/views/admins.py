"""Who may sell here, for operators."""

from collections.abc import Sequence

from bot.buttons.admins import AskAppoint, Dismiss, OpenSellers
from bot.buttons.products import AddProduct
from bot.reply import Key, Screen
from bot.views import ways
from bot.words import Words
from db.models import User

PAGE = 8


def sellers(words: Words, people: Sequence[User], *, page: int = 0, note: str = "") -> Screen:
    """Everybody who sells, a page as keys; `note` (HTML) says what was just done."""
    page = max(0, min(page, (len(people) - 1) // PAGE))
    shown = people[page * PAGE : (page + 1) * PAGE]
    text = words.n("👥 <b>Sellers</b>: {n}", "👥 <b>Sellers</b>: {n}", len(people))
    lines = [words("• {name}", name=called(person)) for person in shown]
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
            (Key(words.plain("+ Appoint a seller"), AskAppoint()),),
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


def sure(words: Words, person: User) -> Screen:
    """Ask back before somebody loses the right to sell."""
    return Screen(
        words("Shall {name} sell no more? Their products and orders stay.", name=called(person)),
        (
            (Key(words.plain("✕ Dismiss"), Dismiss(person.telegram_id or 0, sure=True)),),
            (ways.back(words, OpenSellers()),),
        ),
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


def called(person: User) -> str:
    """How a person is known: name, username, id, whatever there is."""
    handle = f"@{person.username}" if person.username else str(person.telegram_id or "")
    return f"{person.name} ({handle})" if person.name and handle else person.name or handle
