"""A weight as people of each language read it: grams below a kilogram, kilograms from there."""

from babel.units import format_unit

from bot.words.wording import Words

KILOGRAM = 1000


def weight(words: Words, grams: int) -> str:
    """Like "350 g" or "1.2 kg"; plain text."""
    unit, number = ("gram", grams) if grams < KILOGRAM else ("kilogram", grams / KILOGRAM)
    return format_unit(number, f"mass-{unit}", length="short", locale=words.language)
