"""Words, money and dates in the reader's language; English is the source, .po files beside it the translations.

`words("Hello, {name}", name=…)` is Telegram HTML: values are escaped, the template may hold tags. `words.plain(…)` is
for what Telegram shows as it is: labels of keys, toasts, titles of invoices.
"""

import gettext
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from datetime import date as a_day
from decimal import Decimal
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Literal, Self

from babel import Locale
from babel.dates import format_interval, format_skeleton, format_timedelta, get_timezone_name
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, format_percent
from markupsafe import Markup

from bot.words.direction import from_the_right, in_a_row
from db.money import STARS, exponent

SOURCE = "en"
LOCALES = Path(__file__).parent / "locales"
DOMAIN = "storefront"
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
Own = Mapping[str, Mapping[str, str | tuple[str, ...]]]  # by language and our text: what the owner says instead
UNITS: Mapping[timedelta, Literal["day", "hour", "minute"]] = {DAY: "day", HOUR: "hour", MINUTE: "minute"}


def mark(text: str) -> str:
    """Mark a text for translation where it is written, to be looked up where it is shown."""
    return text


class Html(Markup):
    """Telegram HTML, escaped where it was made: what people wrote comes into a template as a value.

    Adding escapes nothing, because both sides are HTML already: a joined text plus a template is what screens do.
    """

    def __add__(self, other: object) -> Self:
        return self.__class__(f"{self}{other}")

    def __radd__(self, other: object) -> Self:
        return self.__class__(f"{other}{self}")


class Words:
    """Speaks one language, and tells the time of one place."""

    def __init__(
        self,
        language: str,
        translations: gettext.NullTranslations,
        zone: tzinfo = UTC,
        titles: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.language = language
        self._zone = zone
        self._locale = Locale.parse(language)
        self._translations = translations
        self._titles = titles

    def knowing(self, titles: Mapping[str, str]) -> "Words":
        """The same words, which know what the owner calls things in this language, by what others call them."""
        return Words(self.language, self._translations, self._zone, titles) if titles else self

    def named(self, title: str) -> str:
        """What the owner calls this in this language; else as it is. Not escaped."""
        return self._titles.get(title, title)

    def __call__(self, text: str, /, **values: object) -> Html:
        """The text in this language as Telegram HTML; values are escaped unless they are Markup themselves.

        Outside a quote what people wrote stays on its line, where no line of theirs can pass for one of ours: what has
        lines of its own and no quote around it comes as Markup.
        """
        template = Html(self._translations.gettext(text))
        if values and "<blockquote>" not in template:
            values = {name: _on_one_line(value) for name, value in values.items()}
        return template.format(**values) if values else template

    def n(self, one: str, many: str, n: int, /, **values: object) -> Html:
        """The form that `n` asks for, as Telegram HTML; the template may say {n}."""
        said = {name: _on_one_line(value) for name, value in values.items()}
        return Html(self._translations.ngettext(one, many, n)).format(n=self.number(n), **said)

    def plain(self, text: str, /, **values: object) -> str:
        """The text in this language, for labels, toasts and titles: nothing is escaped."""
        template = self._translations.gettext(text)
        return template.format(**values) if values else template

    def plain_n(self, one: str, many: str, n: int, /, **values: object) -> str:
        """The form that `n` asks for, for labels, toasts and titles."""
        return self._translations.ngettext(one, many, n).format(n=self.number(n), **values)

    def row(self, *parts: str) -> str:
        """What a key of a list says, the parts in their order, those that are empty left out."""
        said = [part for part in parts if part]
        return in_a_row(said) if self._locale.text_direction == "rtl" else " · ".join(said)

    def money(self, amount: int, currency: str) -> str:
        """Minor units as people write them: €12.50, 1.250 ¥, ⭐ 250."""
        return _money(self._locale, amount, currency)

    def number(self, number: float | Decimal) -> str:
        """A number with this language's separators."""
        return format_decimal(number, locale=self._locale)

    def percent(self, rate: int) -> str:
        """A rate in thousandths of a percent, with as many decimals as it has: 19%, 8,875 %."""
        value = Decimal(rate).scaleb(-5)
        return str(format_percent(value, locale=self._locale, decimal_quantization=False))

    def date(self, moment: datetime) -> str:
        """The day, where the shop is."""
        return format_skeleton("yMMMd", moment, self._zone, locale=self._locale)

    def until(self, moment: datetime, now: datetime) -> str:
        """A deadline: the minute and its zone, the day unless it is today, and how much time is left."""
        today = moment.astimezone(self._zone).date() == now.astimezone(self._zone).date()
        time = self._time(moment) if today else self.datetime(moment)
        zone = get_timezone_name(moment.astimezone(self._zone), width="short", locale=self._locale)
        if zone[0] in "+-":
            zone = "UTC" + zone.removesuffix("00")
        return f"{time} {zone} ({self._left(moment - now)})"

    def deadline(self, moment: datetime, now: datetime) -> Html:
        """The same as Telegram HTML: a client that knows the tag writes the moment where its reader is, another one the
        text in it, which is where the shop is (https://core.telegram.org/bots/api#date-time-entity-formatting).
        """
        time, _, left = self.until(moment, now).rpartition(" (")
        written = "t" if moment - now < 12 * HOUR else "Dt"
        return self.there(moment, time, written) + Html(" ({}").format(left)

    def there(self, moment: datetime, said: str, written: str = "Dt") -> Html:
        """A moment that the reader's client writes in the reader's zone (as `written`); an older one shows `said`."""
        return Html('<tg-time unix="{}" format="{}">{}</tg-time>').format(int(moment.timestamp()), written, said)

    def last_day(self, moment: datetime) -> Html:
        """The last moment of what ends then: its day where the shop is, and to the minute where its reader is."""
        return self.there(moment, self.date(moment))

    def _left(self, left: timedelta) -> str:
        """Rounded down: who is promised a minute too much comes a minute too late."""
        size = next((size for size in (DAY, HOUR) if left >= 2 * size), MINUTE)
        whole = max(left // size, 1) * size
        return format_timedelta(whole, granularity=UNITS[size], threshold=1000, locale=self._locale)

    def length(self, length: timedelta) -> str:
        """How long, in the largest unit in which it is whole: 3 days, 36 hours."""
        unit = next((unit for unit in (DAY, HOUR) if not length % unit), MINUTE)
        return format_timedelta(length, granularity=UNITS[unit], threshold=100_000, locale=self._locale)

    @property
    def zone(self) -> tzinfo:
        """Where the shop is."""
        return self._zone

    def weekday(self, day: int) -> str:
        """The short name of a weekday; 0 is Monday."""
        return str(self._locale.days["stand-alone"]["abbreviated"][day])

    def weekday_time(self, moment: datetime) -> str:
        """A weekday and a time of the coming days, where the shop is: Mon 09:00."""
        return f"{self.weekday(moment.astimezone(self._zone).weekday())} {self._time(moment)}"

    def time_of(self, moment: datetime) -> str:
        """The minute of the day, where the shop is."""
        return self._time(moment)

    def _time(self, moment: datetime) -> str:
        return format_skeleton("Hm", moment, self._zone, locale=self._locale)

    def day(self, moment: datetime) -> str:
        """The day without its year, where the shop is: Nov 28."""
        return str(format_skeleton("MMMd", moment, self._zone, locale=self._locale))

    def days(self, first: a_day, last: a_day) -> str:
        """From one day to another without the year, or the one day that both are: Dec 1 – 3, 1.–3. Dez."""
        if first == last:
            return str(format_skeleton("MMMd", first, locale=self._locale))
        return str(format_interval(first, last, "MMMd", locale=self._locale))

    def datetime(self, moment: datetime) -> str:
        """The day and the minute, where the shop is."""
        return f"{self.date(moment)}, {self._time(moment)}"

    def country(self, code: str) -> str:
        """The name of a country (ISO 3166 alpha-2), or the code when CLDR does not know it."""
        return str(self._locale.territories.get(code.upper(), code))

    @property
    def from_the_right(self) -> bool:
        """Whether this language is read from the right."""
        return bool(self._locale.text_direction == "rtl")

    @property
    def drawn(self) -> "Words":
        """For what is drawn as a picture: English for a language whose letters the library does not join."""
        return words_for(SOURCE, self._zone) if self._locale.text_direction == "rtl" else self

    def name_of(self, language: str) -> str:
        """A language's name for itself: Deutsch, русский."""
        return (Locale.parse(language).get_display_name() or language).capitalize()


def _on_one_line(value: object) -> object:
    """A text without its line breaks; Markup is left as it is."""
    if not isinstance(value, str) or isinstance(value, Markup) or len(value.splitlines()) <= 1:
        return value
    return " ".join(value.split())


@lru_cache(maxsize=8192)
def _money(locale: Locale, amount: int, currency: str) -> str:
    if currency == STARS:
        return f"⭐\N{NO-BREAK SPACE}{format_decimal(amount, locale=locale)}"
    value = Decimal(amount).scaleb(-exponent(currency))
    return format_currency(value, currency, locale=locale)


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """The languages we speak, the source first."""
    translated = (path.parent.parent.name for path in LOCALES.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
    return (SOURCE, *sorted(translated))


_own: dict[str, Mapping[str, str | tuple[str, ...]]] = {}


def say_instead(own: Own) -> None:
    """From now on this process says these sentences in the owner's words, and all others in ours.

    A process speaks for one shop, so that a sentence is looked up once and never compared.
    """
    _own.clear()
    _own.update(own)
    words_for.cache_clear()
    _load.cache_clear()


@lru_cache(maxsize=256)
def words_for(code: str | None, zone: tzinfo = UTC) -> Words:
    """The words for an IETF language code as Telegram gives it ("de-AT"); English for one that we do not speak."""
    language = (code or SOURCE).replace("_", "-").split("-")[0].lower()
    return _load(language if language in languages() else SOURCE, zone)


@lru_cache(maxsize=32)
def _load(language: str, zone: tzinfo) -> Words:
    own = _own.get(language)
    if not own:
        return Words(language, _ours(language), zone)
    instead = Catalog(locale=language, domain=DOMAIN)
    for text, said in own.items():
        instead.add((text, text) if isinstance(said, tuple) else text, string=said)
    spoken = _compiled(language, instead)
    spoken.add_fallback(_ours(language))
    return Words(language, spoken, zone)


@cache
def _ours(language: str) -> gettext.NullTranslations:
    """Our sentences in a language, read once in the life of a process: reading takes longer than opening a shop."""
    if language == SOURCE:
        return gettext.NullTranslations()
    with (LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        return _compiled(language, read_po(file, locale=language, domain=DOMAIN))


def _compiled(language: str, catalogue: Catalog) -> gettext.GNUTranslations:
    if Locale.parse(language).text_direction == "rtl":
        _turn(catalogue)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _turn(catalogue: Catalog) -> None:
    for message in catalogue:
        if isinstance(message.string, tuple):
            message.string = tuple(from_the_right(form) for form in message.string)
        elif message.id:
            message.string = from_the_right(str(message.string))
