"""What to write instead: the words for every way in which something typed cannot be read."""

from collections.abc import Mapping
from typing import Any

from bot.words import Words, mark

HINTS: Mapping[str, str] = {
    "caption_form": mark("Write it like this: Name; price; quantity; category"),
    "variant_form": mark("Write it like this: Red; 25; 5"),
    "variant_line": mark("Write it like this: Colour: Red; 25; 5"),
    "price_form": mark("Write a price like 12.50."),
    "price_whole": mark("Write a price like 1250: this currency has no decimals."),
    "price_either": mark("Is it {more} or {less}? Write it like that."),
    "sale_not_less": mark("A sale price is less than the price."),
    "sale_percent": mark("Write how many percent less, from 1 to 99: -20%"),
    "sale_dates": mark("The sale must end later than it begins, and later than now."),
    "moment_form": mark("Write a time like 18:00, or a day and a time: 24.12. 18:00."),
    "day_form": mark("Write a day like 24.12. or 2026-12-24."),
    "day_past": mark("That day is past."),
    "day_far": mark("That day is too far away."),
    "price_zero": mark("A price is more than 0."),
    "whole_stars": mark("Stars are whole: write a number like 250."),
    "too_large": mark("That is more than fits here."),
    "quantity_form": mark("Write a whole number like 12, or 0."),
    "weight_form": mark("Write a weight like 350 g or 1.2 kg."),
    "category_form": mark("Write a category like Tea / Green, four levels at most."),
    "category_name": mark("Write one name, without / and >."),
    "category_taken": mark("There is a category of this name already."),
    "category_deep": mark("That would be too deep: four levels at most."),
    "category_inside": mark("A category cannot go below itself."),
    "category_held": mark("Only an empty one can be deleted: there is something in it, or an offer names it."),
    "attributes_form": mark("Write a name, a colon and a value on each line: Material: wool"),
    "attributes_many": mark("Twenty lines at most, with 40 letters for a name and 160 for a value."),
    "change_form": mark("Write +10 for ten more, or =25 for exactly 25."),
    "too_long": mark("At most {limit} characters fit."),
    "empty": mark("Write at least one character."),
    "odd_characters": mark("Some of these characters cannot be kept."),
    "ambiguous": mark("Several sellers use this SKU. Choose from the list."),
    "has_variants": mark("This product is sold in variants. Choose one of them."),
    "copy_whole": mark("A variant is copied together with its product."),
    "label_taken": mark("The product has this variant already."),
    "tap": mark("Tap one of the buttons."),
    "photo": mark("Send it as a photo, not as a file."),
    "photos_full": mark("A product has at most {limit} photos. Delete one to add another."),
    "file": mark("Telegram did not hand the file out. Send it once more."),
    "file_text": mark("Send a text file in UTF-8, a key on each line."),
    "refund_order": mark("Write the number of the order: /refund 1042"),
    "refund_amount": mark("Write the amount after the number of the order: /refund 1042 5"),
    "too_short": mark("Write more than one letter."),
    "code_missing": mark("The postal code is missing or has a slip: in {country} it looks like {example}."),
    "phone_form": mark("Write the number with its digits only, like +49 30 1234567."),
    "town_missing": mark("The town is missing."),
    "promo_form": mark("Write it like this: SUMMER 20% until 31.8. min 30 limit 100"),
    "promo_percent": mark("Write how many percent less, from 1 to 99: 20%"),
    "promo_units": mark("Write two numbers from 1 on: 2 1 means that of three the cheapest is free."),
    "promo_times": mark("Write a whole number from 1 on."),
    "promo_used": mark("It was used {limit} times already: the limit cannot be lower."),
    "promo_dates": mark("It must end later than it begins."),
    "promo_code": mark("A code has 3 to 32 letters and digits."),
    "card_form": mark("Write the code of a card, or what a new one is worth: /giftcard 25"),
    "card_count": mark("From 1 to {limit} cards at once."),
    "credit_amount": mark("That is more than fits here."),
    "credit_stars": mark("There is no credit in Stars."),
    "credit_form": mark("Write an amount and the reason: 10 the parcel was late"),
    "one_to_five": mark("One to five stars."),
    "answers_full": mark("There are {limit} saved answers already. Remove one to keep another."),
    "notes_full": mark("There are {limit} notes already. Remove one to write another."),
}
GIVEN = 40  # characters of what was typed that are repeated


def hint(words: Words, data: Mapping[str, Any]) -> str:
    """One sentence, plain text: what was not understood, and what to write instead."""
    given = str(data.get("given") or "").strip()[:GIVEN]
    way = HINTS.get(str(data.get("hint")))
    said = words.plain("I cannot read “{given}”.", given=given) if given else words.plain("I cannot read that.")
    if way is None:
        return said
    values = {
        "limit": words.number(data.get("limit", 0)),
        "more": data.get("more"),
        "less": data.get("less"),
        "country": words.country(str(data.get("country", ""))),
        "example": data.get("example", ""),
    }
    return f"{said} {words.plain(way, **values)}"
