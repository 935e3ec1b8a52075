"""Pay an invoice: open the form, let the bot name the ways to ship, confirm, and pay exactly once."""

import asyncio
from urllib.parse import urlsplit

from simulator.acts import subscribing
from simulator.acts.refusals import CannotDo
from simulator.acts.sheets import Sheet
from simulator.telegram.bots import StarMovement
from simulator.telegram.chats import Chat
from simulator.telegram.currencies import STARS
from simulator.telegram.invoices import Invoice
from simulator.telegram.messages import Message
from simulator.telegram.queries import LIFETIME, OpenQuery
from simulator.telegram.wire import JsonObject, as_list, as_object
from simulator.telegram.world import World

CARDS = ("pays", "declined")


class Cashier:
    """All payment forms that people have open."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.sheets: dict[str, Sheet] = {}

    def open(self, chat: Chat, message_id: int = 0, link: str = "", *, again: bool = False) -> Sheet:
        """Open the form of an invoice message (the newest one by default) or of an invoice link.

        An invoice in a private chat is paid once: `again` opens it all the same, as two forms open at once would.
        """
        invoice = self._linked(chat, link) if link else self._shown(chat, message_id)
        if invoice.period:
            subscribing.check_free(self.world, chat, invoice)
        if not link and not message_id:
            message_id = next(m.message_id for m in reversed(chat.messages.values()) if m.invoice is invoice)
        if invoice.paid and not link and not again:
            raise CannotDo("this invoice has been paid already")
        sheet = Sheet(self.world.fresh_slug(), chat, invoice, message_id)
        self.sheets[sheet.id] = sheet
        self._tell(sheet)
        return sheet

    def _linked(self, chat: Chat, link: str) -> Invoice:
        slug = urlsplit(link).path.removeprefix("/").removeprefix("$") if "/" in link else link.removeprefix("$")
        invoice = chat.bot.invoice_links.get(slug)
        if invoice is None:
            raise CannotDo(f"{link} is no invoice link of @{chat.bot.username}")
        return invoice

    def _shown(self, chat: Chat, message_id: int) -> Invoice:
        if message_id:
            message = chat.messages.get(message_id)
            invoice = message.invoice if message else None
        else:
            invoice = next((m.invoice for m in reversed(chat.messages.values()) if m.invoice), None)
        if invoice is None:
            raise CannotDo(
                f"{chat.person.first_name} sees no invoice{f' in message {message_id}' if message_id else ''}"
            )
        return invoice

    def find(self, sheet_id: str) -> Sheet:
        """An open form by its id."""
        if sheet_id not in self.sheets:
            raise CannotDo("this payment form is not open any more")
        return self.sheets[sheet_id]

    async def fill(self, sheet: Sheet, details: JsonObject) -> Sheet:
        """Take what the person typed; a flexible invoice asks the bot how it ships to that address."""
        self._check_open(sheet)
        sheet.error = ""
        sheet.fill(details)
        if sheet.invoice.is_flexible and sheet.order_info.get("shipping_address") and not sheet.options:
            answer = await self._ask_shipping(sheet)
            if answer is None:
                sheet.error = "The bot did not answer in time."
            elif not answer["ok"]:
                sheet.error = str(answer["error"])
                sheet.order_info.pop("shipping_address")
            else:
                sheet.options = [dict(as_object(option) or {}) for option in as_list(answer["options"]) or ()]
        self._tell(sheet)
        return sheet

    async def pay(self, sheet: Sheet, card: str = "pays", option: str = "", tip: int = 0) -> Sheet:
        """Confirm: the bot has ten seconds to agree, then the card or the Stars are charged."""
        self._check_open(sheet)
        if card not in CARDS:
            raise CannotDo(f"there is no test card {card!r}; there are {', '.join(CARDS)}")
        if option:
            sheet.choose(option)
        if not 0 <= tip <= sheet.invoice.max_tip:
            raise CannotDo(f"the tip is between 0 and {sheet.invoice.max_tip}")
        sheet.tip = tip
        if missing := sheet.needs():
            raise CannotDo(f"the form still asks for {', '.join(missing)}")
        person, stars = sheet.chat.person, sheet.invoice.currency == STARS
        if stars and person.stars < sheet.total:
            return self._end(sheet, "declined", f"{person.first_name} has only {person.stars} Stars")
        sheet.state = "confirming"
        answer = await self._ask_pre_checkout(sheet)
        if answer is None:
            return self._end(sheet, "expired", "The bot did not answer in time.")
        if not answer["ok"]:
            return self._end(sheet, "refused", str(answer["error"]))
        if stars and person.stars < sheet.total:
            return self._end(sheet, "declined", f"{person.first_name} has only {person.stars} Stars")
        if card == "declined" and not stars:
            return self._end(sheet, "declined", "The card was declined.")
        self._charge(sheet)
        return self._end(sheet, "paid", "")

    def _check_open(self, sheet: Sheet) -> None:
        if sheet.state in {"confirming", "paid"}:
            raise CannotDo("this form has been sent already")
        sheet.state = "open"

    def _query(self, sheet: Sheet, kind: str) -> OpenQuery:
        now, chat = self.world.clock.now(), sheet.chat
        seconds = self.world.answer_deadline if kind == "pre_checkout" else LIFETIME
        query = OpenQuery(
            self.world.fresh_id(), kind, chat.person.id, now, sheet.invoice.payload, now + seconds, sheet.message_id
        )
        chat.bot.remember(query, now)
        return query

    async def _ask_shipping(self, sheet: Sheet) -> JsonObject | None:
        query, chat = self._query(sheet, "shipping"), sheet.chat
        body: JsonObject = {
            "id": query.id,
            "from": chat.person.user(),
            "invoice_payload": sheet.invoice.payload,
            "shipping_address": sheet.order_info["shipping_address"],
        }
        chat.bot.updates.add("shipping_query", body, ("user", chat.person.id))
        return await self._answer(query, self.world.answer_deadline)

    async def _ask_pre_checkout(self, sheet: Sheet) -> JsonObject | None:
        query, chat = self._query(sheet, "pre_checkout"), sheet.chat
        body: JsonObject = {
            "id": query.id,
            "from": chat.person.user(),
            "currency": sheet.invoice.currency,
            "total_amount": sheet.total,
            "invoice_payload": sheet.invoice.payload,
            **self._order_details(sheet),
        }
        chat.bot.updates.add("pre_checkout_query", body, ("user", chat.person.id))
        return await self._answer(query, self.world.answer_deadline)

    def _order_details(self, sheet: Sheet) -> JsonObject:
        details: JsonObject = {}
        if sheet.option_id:
            details["shipping_option_id"] = sheet.option_id
        if sheet.order_info:
            details["order_info"] = dict(sheet.order_info)
        return details

    async def _answer(self, query: OpenQuery, seconds: float) -> JsonObject | None:
        """The bot's answer, or None when the clock passed the deadline first."""
        late = asyncio.create_task(self._close_late(query, seconds))  # noqa: TID251  ends with this call
        try:
            answer = await query.answer
        finally:
            late.cancel()
        return answer if answer.get("late") is None else None

    async def _close_late(self, query: OpenQuery, seconds: float) -> None:
        await self.world.clock.sleep(seconds)
        if not query.answered:
            query.close({"ok": False, "late": True})

    def _charge(self, sheet: Sheet) -> None:
        """Move the money, then tell the bot with a service message."""
        world, chat, invoice = self.world, sheet.chat, sheet.invoice
        sheet.charge_id = f"pretend_charge_{world.fresh_slug()}"
        provider_charge = ""
        recurring: JsonObject = {}
        if invoice.currency == STARS:
            chat.person.stars -= sheet.total
            now = int(world.calendar.now())
            movement = StarMovement(
                sheet.charge_id, chat.person.id, sheet.total, now, invoice.payload, period=invoice.period
            )
            chat.bot.stars.append(movement)
            if invoice.period:
                recurring = subscribing.begin(world, chat, invoice, sheet.charge_id)
        else:
            provider_charge = world.take_card(sheet.total, invoice.currency, invoice.title)
        invoice.paid += 1
        payment: JsonObject = {
            "currency": invoice.currency,
            "total_amount": sheet.total,
            "invoice_payload": invoice.payload,
            "telegram_payment_charge_id": sheet.charge_id,
            "provider_payment_charge_id": provider_charge,
            **recurring,
            **self._order_details(sheet),
        }
        chat.started = True
        note = Message(chat.take_id(), False, world.seconds(), service={"successful_payment": payment})
        if sheet.message_id in chat.messages:
            note.reply_to = chat.messages[sheet.message_id]
        world.put(chat, note)

    def _end(self, sheet: Sheet, state: str, error: str) -> Sheet:
        sheet.state, sheet.error = state, error
        if state == "paid":
            self.sheets.pop(sheet.id, None)
        data: JsonObject = {
            "state": state,
            "error": error,
            "message_id": sheet.message_id,
            "total": sheet.total,
            "currency": sheet.invoice.currency,
        }
        self.world.tell("payment", sheet.chat, data)
        self._tell(sheet)
        return sheet

    def _tell(self, sheet: Sheet) -> None:
        self.world.tell("sheet", sheet.chat, {"sheet": sheet.to_json()})
