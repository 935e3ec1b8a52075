"""How the shop works, whom to ask, the small print, and the choice of languages."""

from bot.buttons.home import ChooseLanguage, OpenHelp, OpenHome, OpenLanguages
from bot.buttons.messages import AskShop
from bot.reply import Key, Screen
from bot.views import ways
from bot.words import Words


def help_screen(words: Words, *, shop_name: str, support: str) -> Screen:
    """How to buy here, and whom to ask."""
    parts = [
        words("<b>{shop}</b>", shop=shop_name),
        words(
            "🛍 Open the catalogue or write what you look for.\n"
            "🛒 Fill your cart and pay here in the chat.\n"
            "📦 Your orders show where each one stands."
        ),
        _support(words, support),
    ]
    return Screen(
        "\n\n".join(part for part in parts if part),
        (_ask(words), (Key(words.plain("🌐 Language"), OpenLanguages()),), (ways.back(words, OpenHome()),)),
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


def terms_screen(words: Words, *, terms: str) -> Screen:
    """The conditions of sale, as the shop wrote them."""
    text = words("<b>Terms</b>\n\n{terms}", terms=terms) if terms else words("The shop has not written any terms.")
    return Screen(text, ((ways.home(words),),))


def languages_screen(words: Words, languages: tuple[str, ...]) -> Screen:
    """Which language to speak."""
    rows = tuple(
        (Key(("● " if language == words.language else "") + words.name_of(language), ChooseLanguage(language)),)
        for language in languages
    )
    return Screen(words("🌐 Which language shall I speak?"), (*rows, (ways.back(words, OpenHelp()),)))


def _ask(words: Words) -> tuple[Key, ...]:
    return (Key(words.plain("💬 Ask the shop"), AskShop()),)


def _support(words: Words, support: str) -> str:
    if support:
        return words("Questions? {support}", support=support)
    return words("Questions about an order? Open it and report a problem: the seller answers here.")
