"""The settings: by subject, each with its value, and one of them with where its value comes from."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.screens.parts import ways
from bot.screens.parts.methods import method_name
from bot.screens.parts.opening_lines import hours_text
from bot.screens.parts.setting_names import NAMES
from bot.screens.selling.settings.buttons import (
    EmptySetting,
    LeaveSetting,
    OpenSetting,
    OpenSettings,
    OpenWay,
    SendCover,
    SetChoice,
    SetSwitch,
    SetWay,
    WriteSetting,
    WriteWay,
)
from bot.screens.selling.settings.ways_to_ship import write_way
from bot.sending.reply import Key, Screen
from bot.words import Words, mark
from shop.policy import SENT, Ordering
from shop.settings.known import Form, Known, Subject, of
from shop.settings.states import Origin, Settings, State, Value, Wrong

SHORT = 28  # letters of a value in a list
MOST_WAYS = 6  # ways to ship that are set in the chat
SHOWN = 700  # letters of a value on its own page

SUBJECTS: Mapping[Subject, str] = {
    Subject.SHOP: mark("🏪 The shop"),
    Subject.OPENING: mark("🕒 Opening"),
    Subject.SHIPPING: mark("🚚 Shipping"),
    Subject.PAYMENT: mark("💳 Payment"),
    Subject.TAX: mark("🧮 Tax and receipts"),
    Subject.STOCK: mark("📦 Stock"),
    Subject.LIMITS: mark("📏 Limits"),
}
HINTS: Mapping[str, str] = {
    "shop.greeting": mark(
        "Stands under the welcome of the first screen. Lines from <code>de:</code> on are for German alone, and so on."
    ),
    "shop.cover": mark("Stands above the first screen. Wide and low is best, such as 960 × 330."),
    "shop.support": mark("The answer to /support, in every language."),
    "shop.terms": mark("The answer to /terms, in every language: the terms, or where they are."),
    "shop.ask_phone": mark("Asked with the address of what is sent."),
    "shop.cart_reminder": mark("Once, so many hours after the cart was touched last. 0 for never."),
    "schedule.review_after": mark("Counted from when an order is completed."),
    "shop.ordering": mark("For holidays. The catalogue stays open, and orders that were placed go on."),
    "shop.notice": mark("What customers read on a holiday."),
    "shop.back_on": mark("The first day after the holiday, which ends by itself then."),
    "shop.hours": mark("Outside of them people can order, and read from when their orders are handled."),
    "shop.shipping": mark("Customers choose among those that serve their country. A tap shows one."),
    "shop.return_days": mark("So many days after an order arrived its customer may send goods back. 0 for not at all."),
    "shop.return_to": mark("Where goods are sent back to. Read by a customer whose seller agreed."),
    "shop.return_reminder": mark("Sellers are reminded of a return that waits for them. In days; 0 for never."),
    "payments.off": mark("Offered are those with ✅. A tap changes it. What was begun another way can still be paid."),
    "payments.cash.instructions": mark("What customers read after choosing cash."),
    "payments.transfer.instructions": mark("The account, and what to write beside the sum."),
    "shop.tax.rates": mark("By the country that goods go to. Without rates no tax is charged and none is spoken of."),
    "shop.tax.included": mark("Otherwise it is added to them, by the country that goods go to."),
    "shop.tax.country": mark("Two letters, such as <code>DE</code>. What is not sent is taxed there."),
    "shop.tax.shipping": mark("One of the classes that have a rate, such as <code>standard</code>."),
    "shop.tax.seller": mark("For sellers who have none of their own."),
    "shop.tax.vat_id": mark("For sellers who have none of their own."),
    "shop.low_stock_at": mark("For new products; each can have its own."),
    "shop.max_unpaid_orders": mark("Unpaid orders keep their goods from everybody else."),
}
RULES = (
    (re.compile(r"is less than (\d+)"), mark("⚠️ It must be {n} at least.")),
    (re.compile(r"is more than (\d+)"), mark("⚠️ It must be {n} at most.")),
    (re.compile(r"is longer than anybody"), mark("⚠️ That is too long.")),
    (re.compile(r"is empty"), mark("⚠️ It cannot be empty while this way to pay is configured.")),
)
CHOICES: Mapping[str, str] = {
    Ordering.OPEN: mark("Taken as always"),
    Ordering.NOTICE: mark("Taken, with the notice"),
    Ordering.CLOSED: mark("Not taken"),
}
HOWS: Mapping[Form, str] = {
    Form.DURATION: mark("Such as <code>3 d</code> for days or <code>12 h</code> for hours."),
    Form.DAY: mark("A day, such as <code>2026-12-27</code>."),
    Form.RATES: mark(
        "A line each: country, class, percent. Such as <code>DE standard 19</code> and <code>DE reduced 7</code>; "
        "<code>EU</code> stands for its other states, <code>*</code> for everywhere else."
    ),
    Form.HOURS: mark("A line each, such as <code>Mon-Fri 9-18</code> and <code>Sat 10:00-14:30</code>."),
}
FROM: Mapping[Origin, str] = {
    Origin.CHAT: mark("Set here, in the chat."),
    Origin.FILE: mark("From the configuration of the shop."),
    Origin.DEFAULT: mark("The default: nobody set it."),
}
SECONDS: Mapping[str, int] = {"d": 86400, "h": 3600, "m": 60, "s": 1}


def overview(words: Words, settings: Settings) -> Screen:
    """What can be set, and which rows do not hold."""
    parts = [
        words("⚙️ <b>Settings of {shop}</b>", shop=settings.policy.shop_name),
        words(
            "What is set here holds at once, and wins over the configuration file. Keys and tokens are set there only."
        ),
    ]
    if settings.refused:
        names = ", ".join(words.plain(NAMES[one.key]) if one.key in NAMES else one.key for one in settings.refused[:5])
        parts.append(words("⚠️ These do not hold, because they are wrong: {names}. Set them anew.", names=names))
    keys = [Key(words.plain(SUBJECTS[one]), OpenSettings(one)) for one in Subject]
    rows = tuple(tuple(keys[start : start + 2]) for start in range(0, len(keys), 2))
    return Screen("\n\n".join(parts), (*rows, (ways.home(words),)))


def subject(words: Words, about: Subject, settings: Settings) -> Screen:
    """The settings of a subject, a key each."""
    listed = of(about)
    lines = [
        words(
            "{name}: <b>{value}</b>",
            name=words.plain(NAMES[one.key]),
            value=shown(words, one, settings.state(one.key).value, settings.configured, most=SHORT),
        )
        for one in listed
    ]
    text = words("<b>{subject}</b>", subject=words.plain(SUBJECTS[about])) + "\n\n" + "\n".join(lines)
    rows = tuple((Key(words.plain(NAMES[one.key]), OpenSetting(one.name)),) for one in listed)
    return Screen(text, (*rows, (ways.back(words, OpenSettings()),)))


def setting(words: Words, one: Known, settings: Settings, *, note: str = "") -> Screen:
    """One setting; `note` is what just happened."""
    state, configured = settings.state(one.key), settings.configured
    parts = [note, _head(words, one, state, configured), _source(words, one, state, configured)]
    rows = _acts(words, one, state, configured)
    if state.origin is Origin.CHAT:
        back = words.plain("↩️ Back to the configuration")
        if state.below_from is Origin.DEFAULT:
            back = words.plain("↩️ Back to the default")
        rows.append((Key(back, LeaveSetting(one.name)),))
    return Screen("\n\n".join(part for part in parts if part), (*rows, (ways.back(words, OpenSettings(one.subject)),)))


def ask(words: Words, one: Known, state: State, *, problem: str = "") -> Screen:
    """Ask what it shall be."""
    question = words("✏️ <b>{name}</b>\n\nWrite what it shall be.", name=words.plain(NAMES[one.key]))
    if one.form in HOWS:
        question += "\n" + words(HOWS[one.form])
    now = words("Now: {value}", value=shown(words, one, state.value, (), most=200))
    parts = [problem, question, now]
    return Screen("\n\n".join(part for part in parts if part), ((ways.back(words, OpenSetting(one.name)),),))


def ask_cover(words: Words, *, problem: str = "") -> Screen:
    """Ask for the picture."""
    question = words("🖼 Send the picture of the shop as a photo, or its address (https://…).")
    hint = HINTS["shop.cover"]
    parts = [problem, question, words(hint)]
    return Screen("\n\n".join(part for part in parts if part), ((ways.back(words, OpenSetting("cover")),),))


def problem(words: Words, wrong: Wrong) -> str:
    """Why a value cannot be; what has no words in this language is said as check-config says it."""
    for pattern, said in RULES:
        if found := pattern.match(wrong.said):
            return words(said, n=words.number(int(found[1])) if found.groups() else "")
    name = words.plain(NAMES[wrong.key]) if wrong.key in NAMES else wrong.key
    return words("⚠️ This cannot be: “{name}” {why}.", name=name, why=wrong.said)


def shown(words: Words, one: Known, value: Value, configured: Sequence[str], *, most: int) -> str:
    """A value as people read it, cut to so many letters; plain text."""
    if isinstance(value, bool):
        text = words.plain("yes") if value else words.plain("no")
    elif isinstance(value, int):
        text = words.number(value)
    elif isinstance(value, list):
        text = _list(words, one, value, configured)
    else:
        text = _text(words, one, value)
    return text if len(text) <= most else text[: most - 1] + "…"


def _list(words: Words, one: Known, value: Sequence[Any], configured: Sequence[str]) -> str:
    if one.form is Form.WAYS:
        return ", ".join(method_name(words, way) for way in configured if way not in value) or "–"
    if one.form is Form.SHIPPING:
        return "\n".join(write_way(way) for way in value) or words.plain("Everything is sent free of charge.")
    if one.form is Form.RATES:
        return "\n".join(f"{rate} %" for rate in value) or "–"
    return hours_text(words, list(value)) or "–"


def _text(words: Words, one: Known, value: str) -> str:
    if one.form is Form.CHOICE and value in CHOICES:
        return words.plain(CHOICES[value])
    if one.form is Form.DAY and value:
        return words.date(datetime.fromisoformat(value).replace(hour=12, tzinfo=words.zone))
    if one.form is Form.PICTURE and value.startswith(SENT):
        return words.plain("A photo that was sent here")
    if one.form is Form.DURATION and value[:-1].isdigit():
        return words.length(timedelta(seconds=int(value[:-1]) * SECONDS[value[-1]]))
    return value or "–"


def _acts(words: Words, one: Known, state: State, configured: Sequence[str]) -> list[tuple[Key, ...]]:
    """What can be done to it."""
    rows: list[tuple[Key, ...]] = []
    if one.form is Form.SWITCH:
        on = bool(state.value)
        label = words.plain("Switch off") if on else words.plain("Switch on")
        rows.append((Key(label, SetSwitch(one.name, not on)),))
    elif one.form is Form.CHOICE:
        for choice in one.choices:
            label = ("● " if choice == state.value else "") + words.plain(CHOICES[choice])
            rows.append((Key(label, SetChoice(one.name, choice)),))
    elif one.form is Form.SHIPPING and isinstance(state.value, list):
        rows += [(Key(str(way["title"]), OpenWay(str(way["id"]))),) for way in state.value[:MOST_WAYS]]
        if len(state.value) < MOST_WAYS:
            rows.append((Key(words.plain("+ Add a way"), WriteWay()),))
    elif one.form is Form.WAYS and isinstance(state.value, list):
        for way in configured:
            on = way not in state.value
            label = ("✅ " if on else "▫️ ") + method_name(words, way)
            rows.append((Key(label, SetWay(way, not on)),))
    else:
        change = SendCover() if one.form is Form.PICTURE else WriteSetting(one.name)
        rows.append((Key(words.plain("✏️ Change"), change),))
        if one.may_be_empty and state.value:
            rows.append((Key(words.plain("🧹 Say nothing"), EmptySetting(one.name)),))
    return rows


def _head(words: Words, one: Known, state: State, configured: Sequence[str]) -> str:
    head = words("⚙️ <b>{name}</b>", name=words.plain(NAMES[one.key]))
    value = words("<blockquote>{value}</blockquote>", value=shown(words, one, state.value, configured, most=SHOWN))
    hint = words(HINTS[one.key]) if one.key in HINTS else ""
    return "\n".join([head, value, *([hint] if hint else [])])


def _source(words: Words, one: Known, state: State, configured: Sequence[str]) -> str:
    source = words(FROM[state.origin])
    if state.origin is Origin.CHAT and state.below != state.value:
        below = shown(words, one, state.below, configured, most=80)
        if state.below_from is Origin.FILE:
            source += " " + words("The configuration says: {value}", value=below)
        else:
            source += " " + words("The default is: {value}", value=below)
    return source
