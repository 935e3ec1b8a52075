"""A result of an inline query."""

from dataclasses import dataclass

from simulator.telegram.entities import Formatted
from simulator.telegram.files import StoredFile
from simulator.telegram.messages import Keyboard
from simulator.telegram.wire import JsonObject


@dataclass(slots=True)
class InlineResult:
    """One result: what the list shows of it, and the message that it becomes."""

    id: str
    kind: str
    title: str
    description: str
    thumbnail: str
    photo: StoredFile | None
    text: Formatted | None
    caption: Formatted | None
    keyboard: Keyboard | None

    def to_json(self) -> JsonObject:
        """What the list shows."""
        return {"id": self.id, "kind": self.kind, "title": self.title, "description": self.description}
