"""The form for a new product, one question a screen, and its preview."""

from collections.abc import Mapping

from markupsafe import escape

from bot.screens.selling.products import category_keys
from bot.screens.selling.products.buttons import (
    FormAnew,
    FormCancel,
    FormCategories,
    FormCategory,
    FormKeep,
    FormKind,
    FormSell,
    FormSkip,
    FormStep,
)
from bot.screens.selling.products.category_keys import Level
from bot.sending.cutting import fit_plain
from bot.sending.reply import Key, Photo, Screen
from bot.words import Words, mark
from bot.words.weights import weight
from db.money import STARS, exponent
from shop.products.draft import ProductDraft
from shop.products.form import OPTIONAL, REVIEWING, Answers, Step, place, previous, steps

NAMES: Mapping[Step, str] = {
    Step.PHOTO: mark("Picture"),
    Step.NAME: mark("Name"),
    Step.CATEGORY: mark("Category"),
    Step.PRICE: mark("Price"),
    Step.STOCK: mark("Stock"),
    Step.DESCRIPTION: mark("Description"),
    Step.KIND: mark("Kind"),
    Step.WEIGHT: mark("Weight"),
    Step.STARS: mark("Price in Stars"),
    Step.CONTENT: mark("Content"),
    Step.PREVIEW: mark("Preview"),
}
QUESTIONS: Mapping[Step, str] = {
    Step.PHOTO: mark("Send a picture of the product, or several at once."),
    Step.NAME: mark("What is it called?"),
    Step.CATEGORY: mark("In which category? Tap one, or write a new one: Tea / Green"),
    Step.PRICE: mark("What does it cost, in {currency}? Write a number like 12.50."),
    Step.STOCK: mark("How many are in stock?"),
    Step.DESCRIPTION: mark("Describe it in a few sentences."),
    Step.KIND: mark("Is it something to send, or digital and delivered here in the chat?"),
    Step.WEIGHT: mark("What does one weigh, packed? Write <code>350 g</code> or <code>1.2 kg</code>."),
    Step.STARS: mark("Digital goods are sold for Telegram Stars. How many Stars does it cost?"),
    Step.CONTENT: mark("What does the buyer receive? A text, a key or a link; it is sent after the payment."),
}

WHOLE_PRICE = mark("What does it cost, in {currency}? Write a number like 1250.")


def question(
    words: Words,
    step: Step,
    answers: Answers,
    *,
    currency: str,
    level: Level | None,
    digital: bool,
    note: str = "",
) -> Screen:
    """One question; `note` (HTML) stands above it, `level` goes with a category; `digital`: Stars are taken."""
    n, of = place(answers, step)
    head = words(
        "➕ <b>New product</b> · {name} · {n}/{all}",
        name=words.plain(NAMES[step]),
        n=words.number(n),
        all=words.number(of),
    )
    text = words(QUESTIONS[step])
    if step is Step.PRICE:
        text = words(QUESTIONS[step] if exponent(currency) else WHOLE_PRICE, currency=currency)
    parts = [note, head, _now(words, step, answers, currency), text]
    if step is Step.STARS and Step.PRICE in answers:
        price = words.money(int(answers[Step.PRICE]), currency)
        parts.append(words("Your price of {price} is kept in case it becomes something to send.", price=price))
    if step is Step.PHOTO and not answers:
        parts.append(
            words(
                "Quicker: send a picture with the caption\n<code>Name; price; quantity; category</code>\n"
                "without this form."
            )
        )
    if step is Step.KIND and not digital:
        parts.append(words("This shop takes no Stars, so only things to send can be sold."))
    rows = _choices(words, step, level, digital=digital)
    return Screen("\n\n".join(part for part in parts if part), (*rows, *_ways(words, step, answers)))


def preview(words: Words, answers: Answers, draft: ProductDraft, *, note: str = "") -> Screen:
    """The product as it will be, every answer one tap from its correction."""
    lines = [words("<b>{name}</b>", name=draft.name)]
    price = words.money(draft.price, draft.currency)
    stock = words.plain_n("{n} in stock", "{n} in stock", draft.quantity)
    lines.append(words("{price} · {stock}", price=price, stock=stock))
    if draft.category:
        lines.append(words("Category: {path}", path=draft.category))
    if draft.weight:
        lines.append(words("Weight: {weight}", weight=weight(words, draft.weight)))
    if draft.digital_content:
        lines.append(words("The buyer receives: {content}", content=escape(fit_plain(draft.digital_content, 200))))
    if draft.more_photos:
        lines.append(words("🖼 {n} photos", n=words.number(len(draft.more_photos) + 1)))
    parts = [note, words("👁 <b>Preview</b>"), "\n".join(lines)]
    if draft.description:
        parts.append(escape(fit_plain(draft.description, 500)))
    corrections = [
        Key("✏️ " + words.plain(NAMES[step]), FormStep(step)) for step in steps(answers) if step is not Step.PREVIEW
    ]
    on_sale = (Key(words.plain("✅ Put on sale"), FormSell()), Key(words.plain("📝 Keep as draft"), FormKeep()))
    pairs = tuple(tuple(corrections[start : start + 2]) for start in range(0, len(corrections), 2))
    return Screen(
        "\n\n".join(part for part in parts if part),
        (on_sale, *pairs, (_cancel(words),)),
        photo=Photo(0, file_id=draft.photo_file_id) if draft.photo_file_id else None,
    )


def go_on(words: Words, screen: Screen) -> Screen:
    """The same screen for somebody who comes back to a form: it can be begun anew."""
    text = words("You were in the middle of this; nothing is lost.") + "\n\n" + screen.text
    anew = (Key(words.plain("🔄 Begin anew"), FormAnew()),)
    return Screen(text, (*screen.keyboard, anew), photo=screen.photo)


def _now(words: Words, step: Step, answers: Answers, currency: str) -> str:
    value = answers.get(step)
    if value in (None, "") or step is Step.KIND:
        return ""
    if step is Step.PHOTO:
        return words("There is a picture already; another one replaces it.")
    if step in {Step.PRICE, Step.STARS}:
        value = words.money(int(value), STARS if step is Step.STARS else currency)
    if step is Step.WEIGHT:
        value = weight(words, int(value))
    return words("Now: {value}", value=escape(fit_plain(str(value), 300)))


def _choices(words: Words, step: Step, level: Level | None, *, digital: bool) -> tuple[tuple[Key, ...], ...]:
    if level is not None:
        return category_keys.keys(words, level, pick=FormCategory, turn=FormCategories)
    if step is Step.KIND:
        physical = Key(words.plain("📦 Something to send"), FormKind(digital=False))
        return ((physical,), (Key(words.plain("💾 Digital"), FormKind(digital=True)),)) if digital else ((physical,),)
    return ()


def _ways(words: Words, step: Step, answers: Answers) -> tuple[tuple[Key, ...], ...]:
    keys = []
    before = previous(answers, step)
    if before is not None:
        keys.append(Key(words.plain("‹ Back"), FormStep(before)))
    if answers.get(step) not in (None, "") and not answers.get(REVIEWING):
        keys.append(Key(words.plain("Keep ›"), FormSkip(step)))
    elif step in OPTIONAL and not answers.get(step):
        keys.append(Key(words.plain("Skip ›"), FormSkip(step)))
    return ((*keys, _cancel(words)),)


def _cancel(words: Words) -> Key:
    return Key(words.plain("✕ Cancel"), FormCancel())
