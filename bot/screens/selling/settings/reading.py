"""From what an operator typed to the value of a setting, or what is wrong with it in their language."""

import re
from datetime import date

from msgspec import Struct

from bot.screens.selling.settings.hours import read_hours
from bot.words import Words
from shop.settings.known import Form, Known
from shop.settings.states import Value
from shop.taxes import WrongRate, read_rate, written_rate

MOST_RATES = 100
LONGEST_NUMBER = 9  # digits
LENGTH = re.compile(r"(\d{1,4})\s*([a-zа-яё.]*)")
UNITS = {"d": "d", "t": "d", "д": "d", "h": "h", "s": "h", "ч": "h", "m": "m", "м": "m"}  # by their first letter
TURNED = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")  # the day first, as most of the world writes it
DAYS = "d"


class Unusable(Struct, frozen=True):
    """What was typed cannot be used; why, as HTML."""

    why: str


def read(words: Words, setting: Known, text: str) -> Value | Unusable:
    """The value that was typed."""
    text = text.strip()
    if setting.form is Form.NUMBER:
        if re.fullmatch(rf"[0-9]{{1,{LONGEST_NUMBER}}}", text) is None:
            return Unusable(words("⚠️ Write a whole number, such as <code>5</code>."))
        return int(text)
    if setting.form is Form.DURATION:
        return _length(words, text)
    if setting.form is Form.DAY:
        return _day(words, text)
    if setting.form is Form.HOURS:
        return read_hours(text) or Unusable(
            words("⚠️ Write a line each, such as <code>Mon-Fri 9-18</code>, closing after it opens, the same day.")
        )
    if setting.form is Form.RATES:
        return _rates(words, text)
    if setting.key == "shop.tax.country":
        text = text.upper()
    if len(text) > setting.most:
        return Unusable(
            words(
                "⚠️ That is {n} characters long, and {most} fit.",
                n=words.number(len(text)),
                most=words.number(setting.most),
            )
        )
    return text


def _rates(words: Words, text: str) -> Value | Unusable:
    lines = [line for line in re.split(r"[\n;]", text) if line.strip()]
    for line in lines:
        try:
            read_rate(line)
        except WrongRate:
            return Unusable(words("⚠️ “{line}” is no rate. Write <code>DE standard 19</code>.", line=line[:40]))
    if not 0 < len(lines) <= MOST_RATES:
        return Unusable(words("⚠️ Write up to {n} lines.", n=words.number(MOST_RATES)))
    return [f"{one.place} {one.tax_class} {written_rate(one.rate)}" for one in map(read_rate, lines)]


def _day(words: Words, text: str) -> Value | Unusable:
    turned = TURNED.fullmatch(text)
    if turned is not None:
        text = f"{turned[3]}-{int(turned[2]):02}-{int(turned[1]):02}"
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return Unusable(words("⚠️ Write a day, such as <code>2026-12-27</code>."))


def _length(words: Words, text: str) -> Value | Unusable:
    found = LENGTH.fullmatch(text.casefold())
    unit = UNITS.get(found[2][:1], "" if found[2] else DAYS) if found else ""
    if found is None or not unit or not int(found[1]):
        return Unusable(words("⚠️ Write how long, such as <code>3 d</code> for days or <code>12 h</code> for hours."))
    return f"{int(found[1])}{unit}"
