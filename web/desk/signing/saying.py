"""What the pages of signing in say when something is wrong."""

from collections.abc import Mapping
from typing import Any

from shop.desk.signing_in import TooManyTries
from web.desk.words import Words


def wrong(words: Words) -> str:
    """One answer to an unknown name, a wrong password, and a person who has nothing to do here."""
    return words.plain("This name and this password do not belong together.")


def too_many(words: Words, tries: TooManyTries) -> str:
    """When to try again, and the way that is open meanwhile."""
    return words.plain(
        "There were too many wrong passwords. Try again at {time}, or sign in with /dashboard in the chat.",
        time=words.datetime(tries.again_at),
    )


def account(words: Words, data: Mapping[str, Any]) -> str:
    """What is wrong with an e-mail or a password."""
    match data["hint"]:
        case "short":
            return words.plain("Please take at least {least} characters.", least=data["least"])
        case "long":
            return words.plain("Please take at most {most} characters.", most=data["most"])
        case "known":
            return words.plain("This password is easy to guess. Please take another.")
        case "taken":
            return words.plain("This address cannot be used here. Please take another.")
        case "unreadable":
            return words.plain("This is no e-mail address.")
        case "other":
            return words.plain("The two are not the same.")
        case "signed_out":
            return words.plain("You were signed out meanwhile. Please sign in again.")
        case _:
            return words.plain("This is not the password that you had.")
