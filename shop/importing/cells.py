"""Reading single cells; a row that cannot be used is set aside with its reason, and reading goes on."""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple

from db.amounts import parse_amount
from db.money import exponent
from shop.importing.html_text import plain_text
from shop.importing.quoting import cleaned, unquoted
from shop.importing.reading import Row
from shop.importing.report import Notes, Problem
from shop.importing.saying import said
from shop.importing.wanted import Value
from shop.products.draft import DESCRIPTION_LIMIT, LABEL_LIMIT, NAME_LIMIT, PRICE_LIMIT, QUANTITY_LIMIT, split_category
from shop.products.weight import read_weight
from shop.refusals import CannotRead

YES = {"true", "yes", "1", "y", "active", "x", "on", "visible", "published", "wahr", "ja", "истина", "да"}
NO = {"false", "no", "0", "n", "", "off", "hidden", "-1", "falsch", "nein", "ложь", "нет"}
URL_LIMIT = 1024
LEVELS = 4  # of categories, as sellers may make them in the chat
LONGEST_NUMBER = 32  # letters
SHOWN_NAME = 40  # letters
ELLIPSIS = "…"


class Sale(NamedTuple):
    """A sale price in minor units and when it holds, as ISO text in UTC; None where there is nothing to say."""

    price: int | None = None
    starts: str | None = None
    ends: str | None = None

    def values(self) -> dict[str, Value]:
        """As a file states them."""
        return {"sale_price": self.price, "sale_from": self.starts, "sale_until": self.ends}


NO_SALE = Sale()


class Cells:
    """Reads the cells of a file, gathering the rows to set aside and the notes."""

    def __init__(self, currency: str, aside: list[Problem], notes: Notes, *, zone: tzinfo = UTC) -> None:
        self.currency = currency
        self.aside = aside
        self.notes = notes
        self.zone = zone  # of days that a file names
        self._refused: set[int] = set()

    def refuse(self, row: Row, field: str, message: str) -> None:
        """Set the row aside for what is wrong in a cell; its first fault is told."""
        if row.line not in self._refused:
            about = next((row.get(each) for each in ("name", "handle", "sku") if row.get(each)), "")
            heading = row.layout.headings.get(field, "")
            self.aside.append(Problem(row.line, message, heading, cut(one_line(about), SHOWN_NAME)))
        self._refused.add(row.line)

    def usable(self, row: Row) -> bool:
        """Whether nothing of the row was refused."""
        return row.line not in self._refused

    def note(self, row: Row, message: str) -> None:
        """Note how a cell was understood."""
        self.notes.add(message, row.line)

    def text(self, row: Row, field: str) -> str:
        """A text on one line, of any length."""
        return one_line(row.get(field))

    def label(self, row: Row, field: str) -> str:
        """A text on one line that fits an option; a longer one is cut, with a note."""
        text = self.text(row, field)
        if len(text) > LABEL_LIMIT:
            self.note(row, said("options longer than {label_limit} characters are cut", label_limit=LABEL_LIMIT))
        return cut(text, LABEL_LIMIT)

    def long_text(self, row: Row, field: str, *, html: bool = False) -> str:
        """A description of any length, words and line ends."""
        text = cleaned(unquoted(row.get(field)))
        return plain_text(text) if html else text

    def described(self, row: Row, name: str, description: str) -> tuple[str, str]:
        """Name and description as they fit: of a name that is too long the whole is kept above the description."""
        if len(name) > NAME_LIMIT:
            self.note(
                row,
                said(
                    "names longer than {name_limit} characters are cut; the whole name begins the description",
                    name_limit=NAME_LIMIT,
                ),
            )
            name, description = cut(name, NAME_LIMIT), f"{name}\n\n{description}".strip()
        if len(description) > DESCRIPTION_LIMIT:
            self.note(
                row,
                said(
                    "descriptions longer than {description_limit} characters are cut",
                    description_limit=format(DESCRIPTION_LIMIT, ","),
                ),
            )
            description = cut(description, DESCRIPTION_LIMIT)
        return name, description

    def weight(self, row: Row, field: str, unit: str = "g") -> int | None:
        """Grams; a number alone is in `unit`, and an empty cell or 0 says nothing. What is no weight is noted."""
        text = row.get(field)
        if not text:
            return None
        try:
            return read_weight(text, unit) or None
        except CannotRead:
            self.note(row, said("weights that cannot be read are left out: write 350 or 1.2 kg"))
            return None

    def price(self, row: Row, field: str, currency: str = "", *, by_machine: bool = False) -> int:
        """A price above zero in minor units; 0 stands for one that cannot be used.

        `by_machine`: no person wrote it, so that a point begins its decimals, however many.
        """
        text = row.get(field)
        if not text:
            self.refuse(row, field, said("the price is missing"))
            return 0
        currency = currency or self.currency
        price = amount(text, currency, by_machine=by_machine)
        if price is None:
            self.refuse(
                row,
                field,
                said(
                    "{given} is not a price in {currency}; write it like {example}",
                    given=shown(text),
                    currency=currency,
                    example=_example(currency),
                ),
            )
        elif price == 0:
            self.refuse(row, field, said("the price is 0: nobody could pay it"))
        elif price > PRICE_LIMIT:
            self.refuse(row, field, said("{given} is more than can be charged", given=shown(text)))
            return 0
        return price or 0

    def moment(self, row: Row, field: str, *, last: bool) -> str | None:
        """A moment as ISO text in UTC; None when the cell is empty or (the row is set aside) no day.

        A day alone is its beginning; with `last`, its end.
        """
        text = row.get(field).strip("'")
        if not text:
            return None
        try:
            found = datetime.fromisoformat(_day_first(text[:LONGEST_NUMBER]))
            whole = len(text) <= len("2026-12-24")
            found = found + timedelta(days=1) if whole and last else found
            found = found if found.tzinfo is not None else found.replace(tzinfo=self.zone)
            return found.astimezone(UTC).isoformat()
        except (ValueError, OverflowError):
            self.refuse(row, field, said("{given} is not a day; write it like 2026-12-24", given=shown(text)))
            return None

    def sale(self, row: Row, price: int, field: str, begins: str, ends: str, *, currency: str = "") -> Sale:
        """A sale price below `price`, with its days; what is not below it is left out with a note."""
        reduced = amount(row.get(field), currency or self.currency, by_machine=True) if row.get(field) else None
        if not reduced:
            return NO_SALE
        if price and reduced >= price:
            self.note(row, said("sale prices that are not below the price are left out"))
            return NO_SALE
        starts, until = self.moment(row, begins, last=False), self.moment(row, ends, last=True)
        if starts is not None and until is not None and starts >= until:
            self.note(row, said("sales that end before they begin are left out"))
            return NO_SALE
        return Sale(reduced, starts, until)

    def whole(self, row: Row, field: str, *, by_machine: bool = False) -> int | None:
        """A whole number of any sign, or None when the cell is empty or (the row is set aside) not a number.

        `by_machine`: no person wrote it, so that "1.000" is one; in a spreadsheet it may as well be a thousand.
        """
        text = row.get(field).lstrip("'")
        if not text:
            return None
        number = re.fullmatch(r"([+-]?\d{1,9})(?:[.,]0{1,6})?", text, re.ASCII)
        if number is not None and not by_machine and re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]000", text, re.ASCII):
            plain = f"{text[:-4]}000"
            why = said("{given} may be a thousand times as much; write it as {plain}", given=shown(text), plain=plain)
            self.refuse(row, field, why)
            return None
        if number is None or abs(int(number[1])) > QUANTITY_LIMIT:
            self.refuse(
                row,
                field,
                said(
                    "{given} is not a whole number up to {quantity_limit}",
                    given=shown(text),
                    quantity_limit=format(QUANTITY_LIMIT, ","),
                ),
            )
            return None
        return int(number[1])

    def category(self, row: Row, text: str) -> str:
        """A category path, no deeper than sellers can make one."""
        parts = split_category(one_line(text))
        if len(parts) > LEVELS:
            self.note(row, said("categories deeper than {levels} levels end at the {levels}th", levels=LEVELS))
        return " / ".join(cut(part, LABEL_LIMIT) for part in parts[:LEVELS])

    def url(self, row: Row, url: str) -> str | None:
        """The address of a picture, or None; what is no address is left out with a note."""
        if not url:
            return None
        if len(url) > URL_LIMIT or not url.lower().startswith(("https://", "http://")) or not _visible(url):
            self.note(row, said("what is not the address of a picture is left out"))
            return None
        return url

    def yes(self, row: Row, field: str) -> bool:
        """True or false; anything else sets the row aside."""
        text = row.get(field).lower()
        if text not in YES | NO:
            self.refuse(row, field, said("{given} is neither true nor false", given=shown(text)))
        return text in YES


def one_line(text: str) -> str:
    """The text on one line, without what steers terminals."""
    return " ".join(cleaned(unquoted(text)).split())


def cut(text: str, limit: int) -> str:
    """The text within the limit, ended by an ellipsis, between two words where there is a gap near the end."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    gap = kept.rfind(" ", limit * 3 // 4)
    return (kept[:gap] if gap > 0 else kept).rstrip() + ELLIPSIS


def shown(text: str) -> str:
    """What stands in a cell, short enough for a sentence."""
    return repr(text if len(text) <= LONGEST_NUMBER else text[:LONGEST_NUMBER] + ELLIPSIS)


def amount(text: str, currency: str, *, by_machine: bool = False) -> int | None:
    """Minor units of a price with or without its currency's sign; None when it is none, or may be two.

    A person's "12.500" may be twelve and a half or twelve thousand; a machine's is never thousands.
    """
    text = text.strip("'")
    if len(text) > LONGEST_NUMBER:
        return None
    bare = re.sub(rf"\s*(?:{currency}|[^\w\s.,'+-]{{1,3}})\s*", "", text, count=1, flags=re.IGNORECASE)
    if not re.fullmatch(r"[\d.,'\s]+", bare, re.ASCII):
        return None
    if by_machine and re.fullmatch(r"\d+\.\d+", bare):
        bare = bare.rstrip("0").rstrip(".")
        whole, _, part = bare.partition(".")
        if len(part) > exponent(currency):
            return None
        bare = f"{whole}.{part.ljust(exponent(currency), '0')}" if part else whole
    elif exponent(currency) == 0 and re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", bare):
        bare = re.sub(r"[.,]", "", bare)  # nothing but thousands can be parted there
    try:
        return parse_amount(bare, currency)
    except ValueError:
        return None


def _example(currency: str) -> str:
    digits = exponent(currency)
    return f"12.{'500'[:digits]}" if digits else "1250"


def _day_first(text: str) -> str:
    """A day like "24.12.2026" as ISO writes it; anything else as it is."""
    written = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text, re.ASCII)
    return f"{written[3]}-{written[2]:0>2}-{written[1]:0>2}" if written else text


def _visible(url: str) -> bool:
    return not any(letter.isspace() or not letter.isprintable() for letter in url)
