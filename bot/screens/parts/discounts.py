"""What is taken off, before it is ordered: by which promotion, and why a code that was typed does not count."""

from collections.abc import Callable, Mapping

from bot.words import Words
from shop.promotions import Saving


def discounts(words: Words, saving: Saving, currency: str) -> list[str]:
    """A line for each promotion, and one for a code that takes nothing off these goods."""
    said: list[str] = []
    for used in saving.used:
        name = used.code or used.name
        if used.amount:
            amount = words.money(used.amount, currency)
            said.append(words("🏷 {name}: −{amount}", name=name, amount=amount))
        else:
            said.append(words("🏷 {name}: shipping is free", name=name))
    if saving.unused is not None:
        said.append(
            "⚠️ " + words("{reason}", reason=refused(words, saving.unused, saving.why, saving.minimum, currency))
        )
    return said


def refused(words: Words, code: str, why: str | None, minimum: int = 0, currency: str = "EUR") -> str:
    """Why a code does not count, as one plain sentence."""
    if why == "minimum":
        return words.plain("{code} counts from {amount} on.", code=code, amount=words.money(minimum, currency))
    say = _WHY.get(why or "", _WHY["over"])
    return say(words, code)


_WHY: Mapping[str, Callable[[Words, str], str]] = {
    "unknown": lambda words, code: words.plain("There is no code “{code}”. Please check each letter.", code=code),
    "over": lambda words, code: words.plain("{code} is over.", code=code),
    "not_yet": lambda words, code: words.plain("{code} does not count yet.", code=code),
    "used_up": lambda words, code: words.plain("{code} is used up.", code=code),
    "per_person": lambda words, code: words.plain("You used {code} as often as one person may.", code=code),
    "first_order": lambda words, code: words.plain("{code} is for a first order only.", code=code),
    "other_goods": lambda words, code: words.plain("{code} is not for these goods.", code=code),
    "less": lambda words, code: words.plain("You already save more than with {code}: it stays for later.", code=code),
}
