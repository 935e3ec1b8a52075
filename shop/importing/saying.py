"""What is told about a list: in English, with what it was made of, so that the chat says it in any language."""


class Said(str):  # noqa: SLOT000  a str has room for no slots of its own values
    """A sentence with its values filled in; `template` and `values` are what it was made of."""

    template: str
    values: dict[str, object]

    __hash__ = str.__hash__


def said(template: str, **values: object) -> Said:
    """The sentence; a value may be one itself. Every template is named in bot/screens/selling/lists/problems.py."""
    sentence = Said(template.format(**values))
    sentence.template, sentence.values = template, values
    return sentence
