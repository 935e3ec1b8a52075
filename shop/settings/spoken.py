"""What an owner says to everybody, or in each language: a part that begins with `de:` is for German alone."""

from collections.abc import Collection


def by_language(text: str, known: Collection[str], *, apart: str = "\n") -> tuple[str, dict[str, str]]:
    """What is said in every other language, and what in each of the `known` ones (codes) that has a part of its own.

    Where nothing is said for the others, they read the first part that there is.
    """
    said: dict[str, list[str]] = {"": []}
    language = ""
    for part in text.split(apart):
        code, colon, rest = part.partition(":")
        begins = bool(colon) and code.strip().lower() in known
        language = code.strip().lower() if begins else language
        said.setdefault(language, []).append(rest.strip() if begins else part)
    found = {code: apart.join(parts).strip() for code, parts in said.items()}
    others = found.pop("")
    found = {code: one for code, one in found.items() if one}
    return others or next(iter(found.values()), ""), found
