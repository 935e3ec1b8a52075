"""Chats: read the transcript, write, send pictures, tap buttons, wait."""

import base64
import binascii

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from simulator.acts import tapping, writing
from simulator.acts.finding import open_chat, open_group
from simulator.acts.links import follow
from simulator.acts.tapping import Tapped
from simulator.control.requests import bot_of, number_of, person_of, route
from simulator.stage import Stage
from simulator.telegram.chats import Chat
from simulator.telegram.groups import Group
from simulator.telegram.people import Person
from simulator.telegram.places import Place
from simulator.telegram.wire import Json, JsonObject, as_text
from simulator.transcript import show_chat, show_message


def _decoded(value: str) -> bytes:
    try:
        return base64.b64decode(value.rpartition(",")[2], validate=True)
    except binascii.Error:
        raise ValueError("the content must be base64") from None


class Chats:
    """Chats over HTTP."""

    def __init__(self, simulator: Stage) -> None:
        self.simulator = simulator

    def routes(self) -> list[BaseRoute]:
        """Mounted under /control."""
        return [
            route("GET", "/chats/{person}", self.transcript),
            route("POST", "/send", self.send),
            route("POST", "/edit", self.edit),
            route("POST", "/tap", self.tap),
            route("POST", "/follow", self.follow),
            route("POST", "/idle", self.idle),
            route("POST", "/wait", self.wait),
            Route("/files/{file_id}", self.file, methods=["GET"]),
        ]

    def _place(self, body: JsonObject) -> tuple[Place, Person]:
        """The private chat with the bot, or the `group` named, and who acts there."""
        if group := as_text(body.get("group")):
            return open_group(self.simulator.world, group, person_of(body))
        chat = self._chat(body)
        return chat, chat.person

    def _chat(self, body: JsonObject) -> Chat:
        return open_chat(self.simulator.world, person_of(body), bot_of(body))

    async def transcript(self, body: JsonObject) -> Json:
        """The chat as it stands now."""
        return show_chat(self.simulator.chat(person_of(body), bot_of(body)))

    async def send(self, body: JsonObject) -> Json:
        """`text`, or `photo` / `document` in base64 with a `caption`; `reply_to` names a message; groups take text."""
        place, person = self._place(body)
        world, reply_to = self.simulator.world, number_of(body, "reply_to")
        if isinstance(place, Group):
            text = as_text(body.get("text"))
            said = writing.write_in_group(world, place, person, text, reply_to, number_of(body, "topic"))
            return show_message(place, said)
        chat = self._chat(body)
        caption = as_text(body.get("caption"))
        if photo := as_text(body.get("photo")):
            message = writing.send_photo(world, chat, _decoded(photo), caption, reply_to)
        elif document := as_text(body.get("document")):
            name = as_text(body.get("name"), "file")
            message = writing.send_document(world, chat, _decoded(document), name, caption, reply_to)
        else:
            message = writing.write(world, chat, as_text(body.get("text")), reply_to)
        return show_message(chat, message)

    async def edit(self, body: JsonObject) -> Json:
        """Change one's own text."""
        chat = self._chat(body)
        edited = writing.edit(self.simulator.world, chat, number_of(body, "message_id"), as_text(body.get("text")))
        return show_message(chat, edited)

    async def tap(self, body: JsonObject) -> Json:
        """By `label`, by `message_id`, `row` and `column`, or with forged `data`."""
        (chat, person), world, message_id = self._place(body), self.simulator.world, number_of(body, "message_id")
        if "data" in body:
            tapped = tapping.tap_data(world, chat, person, as_text(body["data"]), message_id)
        elif "row" in body:
            column = number_of(body, "column", number_of(body, "col"))
            tapped = tapping.tap_place(world, chat, person, message_id, number_of(body, "row"), column)
        else:
            tapped = self._by_label(chat, person, as_text(body.get("label")), message_id)
        if tapped.pay and isinstance(chat, Chat):
            sheet = self.simulator.cashier.open(chat, tapped.message_id)
            return {**_shown(tapped), "sheet": sheet.to_json()}
        return _shown(tapped)

    def _by_label(self, place: Place, person: Person, label: str, message_id: int) -> Tapped:
        if isinstance(place, Chat):
            return tapping.tap_label(self.simulator.world, place, label, message_id)
        return tapping.tap_label_in(self.simulator.world, place, person, label, message_id)

    async def follow(self, body: JsonObject) -> Json:
        """Open a link: a deep link starts the bot, an invoice link opens its form, others are only returned."""
        return follow(self.simulator.world, self.simulator.cashier, self._chat(body), as_text(body.get("url")))

    async def idle(self, body: JsonObject) -> Json:
        """Answer once the bots have nothing left to do."""
        await self.simulator.idle(number_of(body, "timeout", 5))
        return {"idle": True}

    async def wait(self, body: JsonObject) -> Json:
        """Answer once the chat shows `text`; 504 with the chat in words when it does not."""
        words = as_text(body.get("text"))
        seconds = number_of(body, "timeout", 5)
        await self.simulator.wait_for(person_of(body), lambda chat: chat.shows(words), seconds, bot=bot_of(body))
        return show_chat(self.simulator.chat(person_of(body), bot_of(body)))

    async def file(self, request: Request) -> Response:
        """The bytes of a photo or file."""
        stored = self.simulator.world.files.by_id.get(request.path_params["file_id"])
        if stored is None or stored.content is None:
            return Response("no such file", 404)
        headers = {"cache-control": "max-age=86400", "x-content-type-options": "nosniff"}
        safe = stored.mime if stored.kind == "photo" else "application/octet-stream"
        return Response(stored.content, media_type=safe, headers=headers)


def _shown(tapped: Tapped) -> JsonObject:
    return {
        "message_id": tapped.message_id,
        "label": tapped.label,
        "query_id": tapped.query.id if tapped.query else None,
        "url": tapped.url or None,
        "pay": tapped.pay,
        "sent": tapped.sent or None,
    }
