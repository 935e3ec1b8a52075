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

STEPS = COUNTRY, NAME, STREET, TOWN, PHONE, WAY = "country", "name", "street", "town", "phone", "way"
MOST_COUNTRIES = 6  # with keys, where the shop serves everywhere


def all_steps(visit: Visit) -> tuple[str, ...]:
    """The questions of this shop, in their order."""
    return STEPS if visit.policy.ask_phone else tuple(step for step in STEPS if step != PHONE)


def step_after(visit: Visit, step: str) -> str:
    """The question behind this one; behind one that is not asked any more it is the way."""
    steps = all_steps(visit)
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
    if step == COUNTRY:
        code = address.get("country_code")
        return visit.words.country(code) if code else ""
    if step == TOWN:
        return views.town(address) if address.get("city") else ""
    return str(address.get({NAME: "name", STREET: "street_line1", PHONE: "phone_number"}.get(step, ""), ""))


def first_step(visit: Visit) -> str:
    """Where only one country is served there is nothing to ask about it."""
    return NAME if len(countries(visit.policy)) == 1 else COUNTRY


def empty_form(visit: Visit, order_id: int, method: str) -> dict[str, Any]:
    """The form at its beginning; the only country that is served is known."""
    served = countries(visit.policy)
    address = {"country_code": served[0]} if len(served) == 1 else {}
    return {"order_id": order_id, "method": method, "address": address}


def or_collect(visit: Visit, asked: Screen, order_id: int) -> Screen:
    """The question, with keys for who collects the goods."""
    if order_id == BOOK:
        return asked
    titles = visit.policy.titles_in(visit.words.language)
    named = [(place, replace(way, title=titles.get(way.title, way.title))) for place, way in visit.policy.pickups]
    return views.with_pickups(visit.words, asked, order_id, named, visit.policy.currency)
