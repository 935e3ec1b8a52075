"""What was done: who, what, and from what to what, in words."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.screens.parts import ways
from bot.screens.parts.permissions import NAMES
from bot.screens.parts.setting_names import NAMES as SETTINGS
from bot.screens.selling.chats.buttons import NAMES as NEWS
from bot.screens.selling.log.buttons import OpenLog
from bot.sending.reply import Key, Screen
from bot.words import SOURCE, Words, mark, words_for
from db.models import OrderStatus, Permission
from db.texts import LANGUAGES
from shop.people.log import Done, Kind

SHORT = 60  # letters of a value
MOST = 4  # fields of one event
TABS: Mapping[Kind, str] = {
    Kind.ORDERS: mark("🧾 Orders"),
    Kind.PRODUCTS: mark("🏷 Products"),
    Kind.CUSTOMERS: mark("👤 Customers"),
    Kind.STAFF: mark("👥 People"),
    Kind.SETTINGS: mark("⚙️ Settings"),
}
SAID: Mapping[str, str] = {
    "order.accepted": mark("accepted an order"),
    "order.money_came": mark("confirmed money"),
    "order.shipped": mark("sent an order"),
    "order.completed": mark("completed an order"),
    "order.cancelled": mark("cancelled an order"),
    "order.not_cancelled": mark("did not cancel an order"),
    "order.refunded": mark("gave money back"),
    "order.paid_back": mark("paid money back by hand"),
    "order.priced": mark("named the price of sending"),
    "order.noted": mark("noted something about an order"),
    "return.started": mark("began a return"),
    "return.agreed": mark("agreed to a return"),
    "return.declined": mark("declined a return"),
    "return.received": mark("got goods back"),
    "return.refunded": mark("gave money back for a return"),
    "return.closed": mark("ended a return without money"),
    "product.created": mark("put a product on sale"),
    "product.edited": mark("changed a product"),
    "product.photos_changed": mark("changed the photos of a product"),
    "product.variant_added": mark("added a variant"),
    "product.restocked": mark("changed the stock"),
    "product.archived": mark("took a product off sale"),
    "product.unarchived": mark("put a product back on sale"),
    "product.published": mark("published a product"),
    "product.unpublished": mark("made a product a draft"),
    "product.duplicated": mark("copied a product"),
    "product.imported": mark("imported a product"),
    "product.import_undone": mark("put a product back as it was before a list"),
    "catalogue.imported": mark("took in a list of products"),
    "catalogue.import_undone": mark("undid a list of products"),
    "product.low_stock_set": mark("set when stock is low"),
    "product.sale_set": mark("reduced a product"),
    "product.sale_ended": mark("ended a sale"),
    "category.created": mark("made a category"),
    "category.renamed": mark("renamed a category"),
    "category.translated": mark("named a category in another language"),
    "category.moved": mark("moved a category"),
    "category.placed": mark("put a category elsewhere in the order"),
    "category.hidden": mark("hid a category"),
    "category.shown": mark("showed a category again"),
    "category.deleted": mark("deleted a category"),
    "units.added": mark("added keys"),
    "units.withdrawn": mark("withdrew keys"),
    "units.exported": mark("exported keys"),
    "unit.opened": mark("looked at a key"),
    "unit.revoked": mark("revoked a key"),
    "unit.put_back": mark("put a key back"),
    "promotion.made": mark("made an offer"),
    "promotion.changed": mark("changed an offer"),
    "promotion.goods_set": mark("changed what an offer is for"),
    "promotion.set": mark("stopped or started an offer"),
    "promotion.codes_made": mark("had codes made"),
    "promotion.discarded": mark("threw an offer away"),
    "broadcast.scheduled": mark("let a broadcast go out later"),
    "broadcast.unscheduled": mark("let a broadcast not go out after all"),
    "broadcast.started": mark("let a broadcast go out"),
    "broadcast.stopped": mark("stopped a broadcast"),
    "product.posted": mark("put a product on show"),
    "product.unposted": mark("took a product off show"),
    "ban": mark("took no more orders from a person"),
    "unban": mark("took orders from a person again"),
    "card.issued": mark("issued gift cards"),
    "card.disabled": mark("disabled a gift card"),
    "credit.given": mark("gave a customer credit"),
    "customer.noted": mark("noted something about a customer"),
    "answers.changed": mark("changed the saved answers"),
    "table.exported": mark("took a table along as a file"),
    "review.hidden": mark("hid a review"),
    "review.shown": mark("showed a review again"),
    "review.answered": mark("answered a review"),
    "review.answer_taken_back": mark("took an answer to a review back"),
    "staff.invited": mark("made an invitation"),
    "staff.uninvited": mark("took an invitation back"),
    "staff.joined": mark("joined the staff"),
    "staff.permitted": mark("changed what somebody may do"),
    "staff.let_go": mark("let somebody go"),
    "staff.left": mark("left the staff"),
    "appoint": mark("appointed a seller"),
    "dismiss": mark("dismissed a seller"),
    "setting.set": mark("changed a setting"),
    "setting.left": mark("left a setting to the configuration"),
    "letterhead.set": mark("changed what stands on the receipts"),
    "chat.connected": mark("connected a group or channel"),
    "chat.news_set": mark("chose the news of a group"),
    "chat.private_set": mark("chose whether news come in private, too"),
    "chat.let_go": mark("disconnected a group or channel"),
}
FIELDS: Mapping[str, str] = {
    "status": mark("status"),
    "tracking": mark("tracking number"),
    "carrier": mark("carrier"),
    "money": mark("paid"),
    "refunded": mark("given back"),
    "credit": mark("credit"),
    "name": mark("name"),
    "description": mark("description"),
    "attributes": mark("attributes"),
    **dict.fromkeys((f"translated_{language}" for language in LANGUAGES), mark("translation")),
    "tax_class": mark("tax class"),
    "price": mark("price"),
    "category": mark("category"),
    "place": mark("place"),
    "shipping": mark("shipping"),
    "weight": mark("weight in grams"),
    "option_label": mark("variant"),
    "stock": mark("stock"),
    "low_stock_at": mark("low stock"),
    "note": mark("note"),
    "answer": mark("answer"),
    "banned": mark("banned"),
    "hidden": mark("hidden"),
    "permissions": mark("may do"),
    "role": mark("role"),
    "value": mark("value"),
    "address": mark("name and address"),
    "vat_id": mark("VAT number"),
    "code": mark("code"),
    "running": mark("running"),
    "news": mark("news"),
    "private": mark("in private, too"),
    "chat": mark("where"),
    "codes": mark("codes that count once"),
    "goods": mark("is for"),
    "min_amount": mark("from this amount"),
    "total_limit": mark("limit in all"),
    "per_person": mark("limit for each person"),
    "first_order": mark("first order only"),
    "starts_at": mark("begins"),
    "ends_at": mark("ends"),
}
DAYS = frozenset({"starts_at", "ends_at"})
MONEY = frozenset({"money", "refunded", "credit", "price", "shipping", "min_amount"})
STATUSES: Mapping[str, str] = {
    OrderStatus.PENDING: mark("not paid"),
    OrderStatus.PROCESSING: mark("to do"),
    OrderStatus.SHIPPED: mark("on the way"),
    OrderStatus.COMPLETED: mark("completed"),
    OrderStatus.CANCELLED: mark("cancelled"),
    "customer": mark("customer"),
    "admin": mark("seller"),
}


def log(words: Words, asked: OpenLog, found: Sequence[Done], *, more: bool) -> Screen:
    """A page of the log, newest first."""
    title = words("📜 <b>What was done</b>")
    if asked.kind is not None:
        title = words("📜 <b>What was done: {kind}</b>", kind=words.plain(TABS[asked.kind]))
    elif asked.person_id is not None and found:
        title = words("📜 <b>What {name} did</b>", name=found[0].actor or words.plain("No name"))
    body = "\n\n".join(line(words, one) for one in found) or words(
        "Nothing.\n\n<code>/log @name</code> shows what one person did."
    )
    first = OpenLog(asked.kind, asked.person_id) if asked.before is not None else None
    older = OpenLog(asked.kind, asked.person_id, found[-1].id) if more else None
    tabs = [Key(words.plain(TABS[kind]), OpenLog(kind)) for kind in Kind if kind is not asked.kind]
    if asked.kind is not None or asked.person_id is not None:
        tabs.append(Key(words.plain("All"), OpenLog()))
    rows = tuple(tuple(tabs[start : start + 2]) for start in range(0, len(tabs), 2))
    return Screen(f"{title}\n\n{body}", (ways.pages(words, first, older), *rows, (ways.home(words),)))


def kind_of(words: Words, text: str) -> Kind | None:
    """The kind that somebody typed, in their language or in English."""
    typed = text.casefold()
    for spoken in (words, words_for(SOURCE)):
        for kind in Kind:
            if typed == spoken.plain(TABS[kind]).partition(" ")[2].casefold():
                return kind
    return None


def line(words: Words, one: Done) -> str:
    """One event as Telegram HTML: when, who, what, and from what to what."""
    who = one.actor or words.plain("The shop")
    what = words.plain(SAID[one.action]) if one.action in SAID else one.action
    about = one.subject if one.about in {"user", "product", "order", "promotion", "chat"} else ""
    if one.about == "setting":
        key = str(one.data.get("key", ""))
        about = words.plain(SETTINGS[key]) if key in SETTINGS else key
    if one.about == "category":
        about = str(one.data.get("path", ""))
    if about and about != one.actor:
        head = words(
            "<i>{when}</i>\n<b>{who}</b> {what}: {about}", when=words.date(one.at), who=who, what=what, about=about
        )
    else:
        head = words("<i>{when}</i>\n<b>{who}</b> {what}", when=words.date(one.at), who=who, what=what)
    changes = one.data.get("changes", one.data)
    pairs = [(field, pair) for field, pair in changes.items() if isinstance(pair, list) and len(pair) == 2]  # noqa: PLR2004  before and after
    lines = [_change(words, one, field, *pair) for field, pair in pairs[:MOST] if field in FIELDS]
    return "\n".join([head, *lines])


def _change(words: Words, one: Done, field: str, before: Any, after: Any) -> str:
    return words(
        "{field}: {before} → {after}",
        field=words.plain(FIELDS[field]),
        before=_value(words, one, field, before),
        after=_value(words, one, field, after),
    )


def _value(words: Words, one: Done, field: str, value: Any) -> str:
    if value is None or value in ("", []):
        return "–"
    if field in DAYS:
        return words.datetime(datetime.fromisoformat(str(value)))
    if isinstance(value, bool):
        return words.plain("yes") if value else words.plain("no")
    if isinstance(value, int):
        return words.money(value, one.currency) if field in MONEY and one.currency else words.number(value)
    if isinstance(value, list):
        names = [words.plain(NAMES[permission]) for permission in Permission if permission in value]
        return ", ".join(names)
    if field == "news":
        return ", ".join(words.plain(NEWS[kind]) for kind in str(value).split(",") if kind in NEWS)
    text = words.plain(STATUSES[value]) if field in {"status", "role"} and value in STATUSES else str(value)
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"
