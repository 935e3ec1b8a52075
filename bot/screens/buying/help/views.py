"""How the shop works, whom to ask, the small print, and the choice of languages."""

from bot.screens.buying.addresses.buttons import ListAddresses
from bot.screens.buying.credit.buttons import OpenCredit
from bot.screens.buying.home.buttons import OpenHome, OpenLanguages, ReadTerms
from bot.screens.buying.messages.buttons import AskShop
from bot.screens.buying.news.buttons import OpenSwitches
from bot.screens.buying.privacy.buttons import OpenPrivacy
from bot.screens.parts import ways
from bot.sending.cutting import pieces
from bot.sending.reply import Key, Screen
from bot.words import Words

READ = 3500  # of the terms on a page


def help_screen(words: Words, *, shop_name: str, support: str, topics: tuple[tuple[Key, ...], ...] = ()) -> Screen:
    """How to buy here, and whom to ask; for those who sell, the `topics` of that."""
    parts: list[str] = [
        words("<b>{shop}</b>", shop=shop_name),
        words(
            "🛍 Open the catalogue or write what you look for.\n"
            "🛒 Fill your cart and pay here in the chat.\n"
            "📦 Your orders show where each one stands."
        ),
    ]
    if topics:
        parts.append(words("🏷 <b>Selling</b>\nThe keys below show what you can do, and by which command."))
    parts.append(_support(words, support))
    return Screen(
        "\n\n".join(part for part in parts if part),
        (
            *topics,
            _ask(words),
            (Key(words.plain("📍 Your addresses"), ListAddresses()), Key(words.plain("🌐 Language"), OpenLanguages())),
            (Key(words.plain("🔔 News you get"), OpenSwitches()), Key(words.plain("🔒 Your data"), OpenPrivacy())),
            (Key(words.plain("🎁 Your credit"), OpenCredit()),),
            (ways.back(words, OpenHome()),),
        ),
    )


def support_screen(words: Words, *, support: str) -> Screen:
    """Whom to ask."""
    return Screen(_support(words, support), (_ask(words), (ways.home(words),)))


def payment_support_screen(words: Words, *, support: str) -> Screen:
    """Whom to ask about a payment: Telegram demands this command, and its own support cannot help."""
    text = words(
        "Something wrong with a payment? Open the order and report a problem: the seller sees it at once. "
        "Telegram’s own support cannot help with what you buy here."
    )
    return Screen(f"{text}\n\n{_support(words, support)}", (_ask(words), (ways.home(words),)))


def terms_screen(words: Words, *, terms: str, page: int = 0) -> Screen:
    """The conditions of sale, as the shop wrote them; long ones are read by pages."""
    if not terms:
        return Screen(words("The shop has not written any terms."), ((ways.home(words),),))
    parts = pieces(terms, READ)
    page = min(max(page, 0), len(parts) - 1)
    before = ReadTerms(page - 1) if page else None
    after = ReadTerms(page + 1) if page + 1 < len(parts) else None
    turns = ways.pages(words, before, after)
    text = words("<b>Terms</b>\n\n{terms}", terms=parts[page].strip())
    return Screen(text, ((turns,) if turns else ()) + ((ways.home(words),),))


def _ask(words: Words) -> tuple[Key, ...]:
    return (Key(words.plain("💬 Ask the shop"), AskShop()),)


def _support(words: Words, support: str) -> str:
    if support:
        return words("Questions? {support}", support=support)
    return words("Questions about an order? Open it and report a problem: the seller answers here.")
