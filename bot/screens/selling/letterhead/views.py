"""What stands above a seller's receipts, and the questions about it."""

from collections.abc import Mapping

from bot.screens.parts import ways
from bot.screens.selling.letterhead.buttons import ClearLetterhead, OpenLetterhead, Part, WriteLetterhead
from bot.sending.reply import Key, Screen
from bot.words import Words, mark
from shop.policy import Policy
from shop.receipts import Head

QUESTIONS: Mapping[Part, str] = {
    Part.ADDRESS: mark("Write your name and address as they shall stand on receipts, a line each."),
    Part.VAT_ID: mark("Write your VAT number, such as <code>DE123456789</code>."),
}


def letterhead(words: Words, head: Head, policy: Policy, *, note: str = "") -> Screen:
    """Both parts with their keys; what the shop says stands in for what is not written."""
    address = head.address or policy.seller or words.plain("your name alone")
    vat_id = head.vat_id or ("" if head.address else policy.vat_id) or "–"
    parts = [
        note,
        words("🧾 <b>Your receipts</b>"),
        words("Name and address:\n<blockquote>{address}</blockquote>", address=address),
        words("VAT number: <b>{number}</b>", number=vat_id),
        words("Every paid order has a receipt. What is changed here is printed from now on."),
    ]
    rows = [
        _keys(words, words.plain("✏️ Name and address"), Part.ADDRESS, filled=bool(head.address)),
        _keys(words, words.plain("✏️ VAT number"), Part.VAT_ID, filled=bool(head.vat_id)),
    ]
    return Screen("\n\n".join(part for part in parts if part), (*rows, (ways.home(words),)))


def ask(words: Words, part: Part, *, most: int = 0) -> Screen:
    """Ask for a part; `most`: what was written is longer than this."""
    said = [words(QUESTIONS[part])]
    if most:
        said.insert(0, words("⚠️ At most {n} characters fit.", n=words.number(most)))
    return Screen("\n\n".join(said), ((ways.back(words, OpenLetterhead()),),))


def _keys(words: Words, label: str, part: Part, *, filled: bool) -> tuple[Key, ...]:
    write = Key(label, WriteLetterhead(part))
    return (write, Key(words.plain("🧹 Leave it empty"), ClearLetterhead(part))) if filled else (write,)
