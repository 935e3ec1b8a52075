"""Why a person cannot do something: there is no such button, no such chat, nothing to pay."""


class CannotDo(Exception):  # noqa: N818  reads as a sentence
    """The phone does not offer this; the words say what it offers instead."""
