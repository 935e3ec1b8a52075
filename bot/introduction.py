"""What an empty chat and the bot's profile say before anybody began; never over words that the owner chose."""

from typing import Any

from bot.sending.api import Caller
from bot.setting_up import insisting
from bot.words import SOURCE, languages, mark, words_for

DESCRIPTION = mark(
    "{shop}: look around, fill your cart, pay and follow your order, all in this chat.\n\nTap Start to come in."
)
SHORT = mark("{shop}: a shop in this chat.")

SAYINGS = (("Description", "description", DESCRIPTION, 512), ("ShortDescription", "short_description", SHORT, 120))


async def introduce(bot: Caller, shop: str) -> None:
    """Have the bot say what it is, in every language, where it says nothing yet."""
    for method, field, text, limit in SAYINGS:
        said: Any = await insisting(bot, f"getMy{method}", {})
        if not isinstance(said, dict) or said.get(field):
            continue  # refused or away; or somebody chose words already
        # the source language last: while it is missing, a start that broke off in the middle begins again
        for language in sorted(languages(), key=lambda one: one == SOURCE):
            more = {} if language == SOURCE else {"language_code": language}
            await insisting(bot, f"setMy{method}", {field: words_for(language).plain(text, shop=shop)[:limit], **more})
