"""The questions of the address form: which there are, in which order, and what was answered to each."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from bot.routing.visit import Visit
from bot.screens.buying.addresses.buttons import BOOK
from bot.screens.buying.checkout import address_views as views
from bot.sending.reply import Screen
from bot.words.countries import countries_of
from db.models import Address
from shop.payments.delivery import sent_to
from shop.payments.requests import countries

STEPS = COUNTRY, NAME, STREET, TOWN, PHONE, KEEP, WAY = "country", "name", "street", "town", "phone", "keep", "way"
MOST_COUNTRIES = 6  # with keys, where the shop serves everywhere


def all_steps(visit: Visit, *, present: bool) -> tuple[str, ...]:
    """The questions of this shop, in their order; that of a present asks whether to keep the address."""
    left_out = {*(() if visit.policy.ask_phone else (PHONE,)), *(() if present else (KEEP,))}
    return tuple(step for step in STEPS if step not in left_out)


def step_after(visit: Visit, step: str, *, present: bool) -> str:
    """The question behind this one; behind one that is not asked any more it is the way."""
    steps = all_steps(visit, present=present)
    return steps[steps.index(step) + 1] if step in steps else WAY


def is_served(visit: Visit, country: str) -> bool:
    """Whether the shop delivers to a country (ISO 3166 alpha-2)."""
    return not visit.policy.shipping or bool(sent_to(visit.policy, country))


def countries_offered(visit: Visit, known: Sequence[Address]) -> tuple[str, ...]:
    """Countries with a key: the last order's first, then those served; where that is all, those of the language."""
    last = tuple(one.place["country_code"] for one in known)[:1]
    if served := countries(visit.policy):
        return tuple(dict.fromkeys((*last, *served)))
    return tuple(dict.fromkeys((*last, *countries_of(visit.words.language))))[:MOST_COUNTRIES]


def answer_to(visit: Visit, step: str, data: dict[str, Any]) -> str:
    """What was answered before to this question; empty when nothing was."""
    address = data["address"]
    if step == KEEP:
        return str(data.get("keep") or "")
    if step == COUNTRY:
        code = address.get("country_code")
        return visit.words.country(code) if code else ""
    if step == TOWN:
        return views.town(address) if address.get("city") else ""
    return str(address.get({NAME: "name", STREET: "street_line1", PHONE: "phone_number"}.get(step, ""), ""))


def first_step(visit: Visit) -> str:
    """Where only one country is served there is nothing to ask about it."""
    return NAME if len(countries(visit.policy)) == 1 else COUNTRY


def empty_form(visit: Visit, order_id: int, method: str, *, present: bool = False) -> dict[str, Any]:
    """The form at its beginning, for a present or not; the only country that is served is known."""
    served = countries(visit.policy)
    address = {"country_code": served[0]} if len(served) == 1 else {}
    return {"order_id": order_id, "method": method, "address": address, "present": present}


def or_collect(visit: Visit, asked: Screen, data: dict[str, Any]) -> Screen:
    """The question, with keys for who collects the goods; a present is sent."""
    order_id = int(data["order_id"])
    if order_id == BOOK or data.get("present"):
        return asked
    named = [(place, replace(way, title=visit.words.named(way.title))) for place, way in visit.policy.pickups]
    return views.with_pickups(visit.words, asked, order_id, named, visit.policy.currency)


def question(visit: Visit, step: str, data: dict[str, Any], known: Sequence[Address]) -> Screen:
    """What is asked at this step, with keys of their addresses (`known`) at the first one."""
    words, order_id, first, present = visit.words, int(data["order_id"]), first_step(visit), is_present(data)
    if step == first and not visit.policy.is_sending and order_id != BOOK:
        return or_collect(visit, views.ask_pickup(words, order_id), data)
    if step == COUNTRY:
        keys, everywhere = countries_offered(visit, known), not countries(visit.policy)
        asked = views.ask_country(words, order_id, keys, known, everywhere=everywhere, present=present)
        return or_collect(visit, asked, data)
    if step == NAME:
        asked = views.ask_name(words, order_id, known, first=step == first, present=present)
        return or_collect(visit, asked, data) if step == first else asked
    if step == STREET:
        return views.ask_street(words, order_id)
    if step == TOWN:
        return views.ask_town(words, order_id, data["address"]["country_code"])
    if step == KEEP:
        return views.ask_to_keep(words, order_id, str(data["address"].get("name", "")))
    return views.ask_phone(words, order_id)


def is_present(data: dict[str, Any]) -> bool:
    """Whether this form asks for the address of who receives a present."""
    return bool(data.get("present"))
