"""A person with a Telegram account."""

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.telegram.wire import JsonObject, as_integer, as_text


@dataclass(slots=True)
class Person:
    """Somebody who chats with bots; `role_hint` and `hint` (what to try as them) are for whoever shows the cast."""

    id: int
    first_name: str
    username: str = ""
    language_code: str = "en"
    role_hint: str = "customer"
    last_name: str = ""
    stars: int = 0
    hint: str = ""

    def user(self) -> JsonObject:
        """The Bot API's `User`."""
        user: JsonObject = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        for name, value in (
            ("last_name", self.last_name),
            ("username", self.username),
            ("language_code", self.language_code),
        ):
            if value:
                user[name] = value
        return user

    def chat(self) -> JsonObject:
        """The Bot API's `Chat` of the private chat with this person."""
        chat: JsonObject = {"id": self.id, "first_name": self.first_name, "type": "private"}
        if self.last_name:
            chat["last_name"] = self.last_name
        if self.username:
            chat["username"] = self.username
        return chat

    def to_json(self) -> JsonObject:
        """Everything known about the person, for the control API."""
        return {
            "id": self.id,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
            "role_hint": self.role_hint,
            "stars": self.stars,
            "hint": self.hint,
        }

    @classmethod
    def from_json(cls, row: Mapping[str, object]) -> "Person":
        """A person from a cast file or the control API; raises ValueError when id or name is missing."""
        person_id, first_name = as_integer(row.get("id")), as_text(row.get("first_name"))
        if person_id is None or person_id <= 0 or not first_name:
            raise ValueError("a person needs a positive id and a first_name")
        return cls(
            id=person_id,
            first_name=first_name,
            username=as_text(row.get("username")),
            language_code=as_text(row.get("language_code"), "en"),
            role_hint=as_text(row.get("role_hint"), "customer"),
            last_name=as_text(row.get("last_name")),
            stars=as_integer(row.get("stars")) or 0,
            hint=as_text(row.get("hint")),
        )
