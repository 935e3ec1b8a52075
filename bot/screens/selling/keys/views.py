"""The pool of a product, its lists, one key, and the question for more."""

from bot.screens.parts import ways
from bot.screens.selling.keys.buttons import (
    AddKeys,
    ExportUnits,
    ListUnits,
    OpenOrderKeys,
    OpenPool,
    OpenUnit,
    PutBackUnit,
    RevokeUnit,
    ShowUnitFile,
    WithdrawUnits,
)
from bot.screens.selling.orders.buttons import OpenSale
from bot.screens.selling.products.buttons import OpenOwned
from bot.sending.reply import Key, Keyboard, Screen
from bot.words import Html, Words, mark
from db.models import Product, Unit, UnitState
from db.texts import titled
from shop.units import Added, Pool, Sold, masked

PAGE = 8
NAMED = 10  # lines that a summary names
STATES = {
    UnitState.FREE: mark("🟢 Free"),
    UnitState.SOLD: mark("✅ Sold"),
    UnitState.REVOKED: mark("🚫 Revoked"),
}


def pool(words: Words, found: Pool, *, note: str = "") -> Screen:
    """How many keys are where; `note` (HTML) says what was just done."""
    product = found.item.product
    counts = {UnitState.FREE: found.free, UnitState.SOLD: found.sold, UnitState.REVOKED: found.revoked}
    said = words("🔑 <b>{name}</b>", name=_name(product)) + "\n" + _counts(words, found)
    said += "\n\n" + (
        words("Every buyer gets keys of their own, at once after paying. The free ones are the stock.")
        if product.pooled_at is not None
        else words(
            "Until now every buyer gets the same content. From the first key on everybody gets one of their own, and "
            "the stock is the number of free keys."
        )
    )
    lists = tuple(
        Key(
            words.plain("{state} ({n})", state=words.plain(STATES[state]), n=words.number(n)),
            ListUnits(product.id, state),
        )
        for state, n in counts.items()
        if n
    )
    more: list[Key] = []
    if any(counts.values()):
        more.append(Key(words.plain("💾 All as a file"), ExportUnits(product.id)))
    if found.free > found.held:
        more.append(Key(words.plain("📤 Take out the free ones"), WithdrawUnits(product.id)))
    add = Key(words.plain("➕ Add keys"), AddKeys(product.id), style="primary")
    keyboard = ((add,), lists, tuple(more), (ways.back(words, OpenOwned(product.id)), ways.home(words)))
    return Screen(f"{note}\n\n{said}" if note else said, keyboard)


def ask(words: Words, found: Pool, *, told: Added | None = None) -> Screen:
    """Asks for (more) keys; `told` is what became of those that just came."""
    product = found.item.product
    text = words(
        "🔑 <b>{name}</b>: send the keys, one on each line. Several messages may follow each other, and a .txt or .csv "
        "file holds up to {most} of them. Any other file or photo is sold as it is, one to each buyer.",
        name=_name(product),
        most=words.number(10_000),
    )
    if told is not None:
        text = added(words, told) + "\n\n" + words("{counts} Send more, or tap Done.", counts=_counts(words, found))
    return Screen(text, ((Key(words.plain("✅ Done"), OpenPool(product.id)),),))


def added(words: Words, told: Added) -> Html:
    """The summary of what was sent: how much is new, and everything that is not, by its line."""
    said = [words.n("✅ {n} key added.", "✅ {n} keys added.", told.added)]
    if told.duplicates:
        first = ", ".join(f"{line}: {end}" for line, end in told.first_duplicates)
        said.append(
            words.n(
                "⚠️ {n} was there already and was not added (line: key): {first}",
                "⚠️ {n} were there already and were not added (line: key): {first}",
                told.duplicates,
                first=first + (" …" if told.duplicates > len(told.first_duplicates) else ""),
            )
        )
    if told.too_long:
        lines = ", ".join(words.number(line) for line in told.too_long[:NAMED])
        more = " …" if len(told.too_long) > NAMED else ""
        said.append(words("⚠️ Longer than {most} letters, not added: line {lines}", most=500, lines=lines + more))
    if told.blank:
        said.append(words.n("{n} blank line was skipped.", "{n} blank lines were skipped.", told.blank))
    if told.left_out:
        said.append(
            words.n(
                "⚠️ {n} more was left out: {most} at once are the most.",
                "⚠️ {n} more were left out: {most} at once are the most.",
                told.left_out,
                most=words.number(10_000),
            )
        )
    return Html("\n").join(said)


def units(
    words: Words, found: Pool, state: UnitState, page: list[tuple[Unit, int | None]], number: int, *, more: bool
) -> Screen:
    """A page of keys, each by its end; a tap opens one."""
    product = found.item.product
    title = words("🔑 <b>{name}</b> · {state}", name=_name(product), state=words.plain(STATES[state]))
    text = title + "\n" + words("Only the end of each is shown here. Tap one to see all of it.")
    if not page:
        text = title + "\n" + words("There are none.")
    rows: Keyboard = tuple((Key(_label(words, unit, order_id), OpenUnit(unit.id)),) for unit, order_id in page)
    previous = ListUnits(product.id, state, number - 1) if number else None
    following = ListUnits(product.id, state, number + 1) if more else None
    return Screen(
        text,
        (*rows, ways.pages(words, previous, following), (ways.back(words, OpenPool(product.id)), ways.home(words))),
    )


def unit(words: Words, one: Sold, *, order_id: int | None, note: str = "") -> Screen:
    """One key in full, with what can be done about it."""
    row, product = one.unit, one.product
    said = [words("🔑 <b>{name}</b>", name=_name(product)), words("<code>{key}</code>", key=row.content)]
    if one.order_id is not None:
        said.append(words("{state}, order {number}", state=words.plain(STATES[row.state]), number=one.order_id))
    else:
        said.append(words("{state}", state=words.plain(STATES[row.state])))
    if row.claimed_at is not None:
        said.append(words("Handed out {time}", time=words.datetime(row.claimed_at)))
    if row.reason:
        said.append(words("Reason: {reason}", reason=row.reason))
    rows: list[tuple[Key, ...]] = []
    if row.file_id:
        rows.append((Key(words.plain("📎 Show the file"), ShowUnitFile(row.id)),))
    if row.state is UnitState.FREE:
        rows.append((Key(words.plain("🗑 Take it out"), WithdrawUnits(product.id, row.id)),))
    elif row.state is UnitState.SOLD and one.readable:
        rows.append((Key(words.plain("♻️ Send another one instead"), RevokeUnit(row.id, replace=True)),))
        rows.append((Key(words.plain("🚫 Revoke it"), RevokeUnit(row.id, replace=False)),))
    elif row.state is UnitState.SOLD:
        said.append(words("The money went back. The key is not sold again unless you say so."))
        rows.append((Key(words.plain("↩️ Put it back for sale"), PutBackUnit(row.id)),))
        rows.append((Key(words.plain("🚫 Revoke it"), RevokeUnit(row.id, replace=False)),))
    if one.order_id is not None and order_id is None:
        rows.append((Key(words.plain("🧾 Order {number}", number=one.order_id), OpenSale(one.order_id)),))
    back = OpenOrderKeys(order_id) if order_id is not None else ListUnits(product.id, row.state)
    rows.append((ways.back(words, back), ways.home(words)))
    text = Html("\n").join(said)
    return Screen(f"{note}\n\n{text}" if note else text, tuple(rows))


def order_keys(words: Words, order_id: int, page: list[Sold], number: int, *, more: bool) -> Screen:
    """The keys of an order of the seller's goods."""
    text = words(
        "🔑 Keys of order {number}. Tap one to see all of it, or to send another one instead.", number=order_id
    )
    if not page and not number:
        text = words("🔑 Order {number} has no keys of its own: everybody gets the same content.", number=order_id)
    rows: Keyboard = tuple(
        (Key(f"{_symbol(words, one.unit)} {_end(one.unit)} · {one.product.name}", OpenUnit(one.unit.id, order_id)),)
        for one in page
    )
    previous = OpenOrderKeys(order_id, number - 1) if number else None
    following = OpenOrderKeys(order_id, number + 1) if more else None
    back = (ways.back(words, OpenSale(order_id)), ways.home(words))
    return Screen(text, (*rows, ways.pages(words, previous, following), back))


def ask_reason(words: Words, one: Sold, *, replace: bool) -> Screen:
    """Asks why a key is revoked."""
    said = words("🚫 {end}: why does it work no more? The reason is kept with the key.", end=_end(one.unit))
    if replace:
        said += "\n\n" + words("The customer gets the oldest free key instead, at once.")
    back = (ways.back(words, OpenUnit(one.unit.id, one.order_id)),)
    return Screen(said, (back,))


def sure(words: Words, found: Pool, unit_id: int | None) -> Screen:
    """Asks back before free keys are taken out."""
    product = found.item.product
    most = found.free - found.held
    said = (
        words.n(
            "Take {n} free key out of the pool? It is deleted here.",
            "Take {n} free keys out of the pool? They are deleted here.",
            most,
        )
        if unit_id is None
        else words("Take this key out of the pool? It is deleted here.")
    )
    if unit_id is None:
        said += "\n" + words("Save them as a file before, if you need them.")
    back = OpenPool(product.id) if unit_id is None else OpenUnit(unit_id)
    yes = Key(words.plain("🗑 Take out"), WithdrawUnits(product.id, unit_id, sure=True), style="danger")
    return Screen(said, ((yes,), (ways.back(words, back),)))


def _counts(words: Words, found: Pool) -> Html:
    said = words.n("{n} free", "{n} free", found.free)
    if found.held:
        said += words.n(" ({n} held by open orders)", " ({n} held by open orders)", found.held)
    said += words.n(", {n} sold", ", {n} sold", found.sold)
    if found.revoked:
        said += words.n(", {n} revoked", ", {n} revoked", found.revoked)
    return said + "."


def _name(product: Product) -> str:
    return titled(product.name, product.option_label)


def _label(words: Words, unit: Unit, order_id: int | None) -> str:
    if order_id is None:
        return _end(unit)
    return words.plain("{end} · order {number}", end=_end(unit), number=order_id)


def _end(unit: Unit) -> str:
    return f"📎 {unit.content}" if unit.file_id else masked(unit.content)


def _symbol(words: Words, unit: Unit) -> str:
    return words.plain(STATES[unit.state]).partition(" ")[0]
