"""One message of a chat, as it stands now."""

from dataclasses import dataclass, field

from simulator.telegram.entities import Formatted
from simulator.telegram.files import StoredFile
from simulator.telegram.invoices import Invoice
from simulator.telegram.wire import JsonObject

Keyboard = list[list[JsonObject]]


@dataclass(slots=True)
class Message:
    """A message from the bot (`from_bot`) or the person; `service` holds what is no text, photo, file or invoice."""

    message_id: int
    from_bot: bool
    date: int
    text: Formatted | None = None
    caption: Formatted | None = None
    photo: StoredFile | None = None
    document: StoredFile | None = None
    invoice: Invoice | None = None
    service: JsonObject = field(default_factory=dict)
    keyboard: Keyboard | None = None
    reply_to: "Message | None" = None
    edit_date: int = 0
    media_group_id: str = ""
    extra: JsonObject = field(default_factory=dict)
    author: int = 0  # whose it is, in a group
    thread: int = 0  # the topic of a forum
    fixed: bool = False  # sent with a reply keyboard or a forced reply: it can never be edited

    @property
    def words(self) -> str:
        """The text, or the caption, or the invoice's title."""
        if self.text:
            return self.text.text
        if self.caption:
            return self.caption.text
        return self.invoice.title if self.invoice else ""

    @property
    def has_media(self) -> bool:
        """Whether a photo or a file can carry a caption here."""
        return self.photo is not None or self.document is not None

    @property
    def labels(self) -> list[str]:
        """The labels of the inline buttons, row by row."""
        return [str(button["text"]) for row in self.keyboard or () for button in row]
