"""What a product is made of, how large it is …: up to twenty lines "Name: value" in the seller's own words."""

from collections.abc import Iterable

from shop.refusals import CannotRead

MOST = 20
NAME, VALUE = 40, 160  # letters


def read_attributes(text: str) -> str:
    """One a line: "Material: wool". Raises CannotRead for a line that is none, and for too many or too long ones."""
    lines = [line for line in text.splitlines() if line.strip()]
    pairs = [_pair(line) for line in lines]
    if not pairs or not all(name and value for name, value in pairs):
        raise CannotRead(field="attributes", given=text[:40], hint="attributes_form")
    if len(pairs) > MOST or any(len(name) > NAME or len(value) > VALUE for name, value in pairs):
        raise CannotRead(field="attributes", given=text[:40], hint="attributes_many")
    return written(pairs)


def written(pairs: Iterable[tuple[str, str]]) -> str:
    """As they are kept; what does not fit is cut, and what is empty left out."""
    kept = ((_line(name)[:NAME].strip(), _line(value)[:VALUE].strip()) for name, value in pairs)
    return "\n".join([f"{name}: {value}" for name, value in kept if name and value][:MOST])


def pairs_of(text: str | None) -> list[tuple[str, str]]:
    """Names and values, in their order."""
    return [_pair(line) for line in (text or "").splitlines()]


def _pair(line: str) -> tuple[str, str]:
    name, _, value = _line(line).partition(":")
    return name.strip(), value.strip()


def _line(text: str) -> str:
    return " ".join("".join(letter for letter in text if letter.isprintable() or letter.isspace()).split())
