"""The form for a new product: its steps, what each accepts, and what is still missing; pure, kept as JSON."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from db.models import ProductKind
from db.money import STARS
from shop.products.draft import (
    MOST_PHOTOS,
    ProductDraft,
    read_category,
    read_content,
    read_description,
    read_name,
    read_price,
    read_quantity,
)
from shop.products.weight import read_weight
from shop.refusals import CannotRead

Answers = Mapping[str, Any]


class Step(StrEnum):
    """A question of the form; the values are stored and sent in buttons."""

    PHOTO = "p"
    NAME = "n"
    CATEGORY = "c"
    PRICE = "m"
    STOCK = "q"
    DESCRIPTION = "d"
    KIND = "k"
    WEIGHT = "w"  # of something to send
    STARS = "s"  # digital goods are sold for Stars
    CONTENT = "x"  # what a buyer of digital goods receives
    PREVIEW = "v"


OPTIONAL = frozenset({Step.PHOTO, Step.CATEGORY, Step.DESCRIPTION, Step.WEIGHT})
DIGITAL_ALONE, TO_SEND_ALONE = frozenset({Step.STARS, Step.CONTENT}), frozenset({Step.PRICE, Step.WEIGHT})
ALBUM = "album"  # with which the latest photo came
MORE_PHOTOS = "photos"  # beside the first
REVIEWING = "reviewing"  # the preview was reached once: every answer leads back to it


def steps(answers: Answers) -> tuple[Step, ...]:
    """The questions in their order; digital goods have a price in Stars and a content, what is sent a weight."""
    left_out = TO_SEND_ALONE if is_digital(answers) else DIGITAL_ALONE
    return tuple(step for step in Step if step not in left_out)


def place(answers: Answers, step: Step) -> tuple[int, int]:
    """Which question this is, and of how many: no number comes twice, whatever turns out to be sold."""
    asked = steps(answers)
    if is_digital(answers):  # the price in money was asked before it was digital
        asked = tuple(step for step in Step if step is not Step.WEIGHT)
    return (asked.index(step) + 1 if step in asked else 1), len(asked)


def is_digital(answers: Answers) -> bool:
    """Whether the product is delivered in the chat."""
    return answers.get(Step.KIND) == ProductKind.DIGITAL.value


def following(answers: Answers, step: Step) -> Step:
    """The question after this one; from a correction back to the preview, by way of what is missing."""
    order = steps(answers)
    if answers.get(REVIEWING):
        return next((each for each in order if each not in OPTIONAL and each not in answers), Step.PREVIEW)
    return order[min(order.index(step) + 1, len(order) - 1)] if step in order else Step.PREVIEW


def previous(answers: Answers, step: Step) -> Step | None:
    """The question before this one, or the preview when it is a correction; None at the beginning."""
    order = steps(answers)
    if answers.get(REVIEWING) and step is not Step.PREVIEW:
        return Step.PREVIEW
    return order[order.index(step) - 1] if step in order and order.index(step) > 0 else None


_READ: Mapping[Step, Callable[[str], str | int]] = {
    Step.NAME: read_name,
    Step.CATEGORY: read_category,
    Step.STARS: lambda text: read_price(text, STARS),
    Step.STOCK: read_quantity,
    Step.DESCRIPTION: read_description,
    Step.WEIGHT: read_weight,
    Step.CONTENT: read_content,
}


def accept(answers: Answers, step: Step, text: str, currency: str) -> dict[str, Any]:
    """The answers with this one added, read from what was typed. Raises CannotRead."""
    if step is Step.PHOTO:
        raise CannotRead(field="photo", given="", hint="photo")
    if step in {Step.KIND, Step.PREVIEW}:
        raise CannotRead(field=step.name.lower(), given="", hint="tap")
    return {**answers, step: read_price(text, currency) if step is Step.PRICE else _READ[step](text)}


def with_photo(answers: Answers, file_id: str) -> dict[str, Any]:
    """The answers with this photo behind the others; one that is there already, or one too many, changes nothing."""
    first, more = answers.get(Step.PHOTO), list(answers.get(MORE_PHOTOS, ()))
    if first is None:
        return {**answers, Step.PHOTO: file_id}
    if file_id in {first, *more} or count_photos(answers) >= MOST_PHOTOS:
        return {**answers}
    return {**answers, MORE_PHOTOS: [*more, file_id]}


def count_photos(answers: Answers) -> int:
    """How many photos there are."""
    return len(answers.get(MORE_PHOTOS, ())) + (Step.PHOTO in answers)


def draft_of(answers: Answers, currency: str) -> ProductDraft | None:
    """The product, or None while something is missing."""
    if any(step not in answers for step in steps(answers) if step not in OPTIONAL | {Step.PREVIEW}):
        return None
    digital = is_digital(answers)
    return ProductDraft(
        name=answers[Step.NAME],
        price=answers[Step.STARS if digital else Step.PRICE],
        currency=STARS if digital else currency,
        quantity=answers[Step.STOCK],
        category=answers.get(Step.CATEGORY, ""),
        description=answers.get(Step.DESCRIPTION, ""),
        kind=ProductKind.DIGITAL if digital else ProductKind.PHYSICAL,
        digital_content=answers.get(Step.CONTENT) if digital else None,
        weight=None if digital else answers.get(Step.WEIGHT) or None,
        photo_file_id=answers.get(Step.PHOTO),
        photo_bot_id=answers.get("bot_id"),
        more_photos=tuple(answers.get(MORE_PHOTOS, ())),
    )
