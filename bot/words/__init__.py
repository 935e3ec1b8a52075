"""Words: every text in the person's language, with money, dates and countries as written there."""

from bot.words.wording import DOMAIN, LOCALES, SOURCE, Html, Words, languages, mark, words_for

__all__ = ["DOMAIN", "LOCALES", "SOURCE", "Html", "Words", "countries", "languages", "mark", "words_for"]
