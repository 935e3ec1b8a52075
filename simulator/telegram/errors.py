"""The refusals of the Bot API, in Telegram's own words (source: tdlib/telegram-bot-api, Client.cpp)."""

from simulator.telegram.wire import JsonObject


class BotApiError(Exception):
    """An answer with `ok: false`."""

    def __init__(self, code: int, description: str, retry_after: int | None = None, *, migrate_to: int = 0) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.migrate_to = migrate_to

    def body(self) -> JsonObject:
        """The JSON body Telegram answers with."""
        body: JsonObject = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        if self.migrate_to:
            body["parameters"] = {"migrate_to_chat_id": self.migrate_to}
        return body


def bad_request(words: str) -> BotApiError:
    """400: what was asked cannot be done."""
    if len(words) > 1 and not (words[1].isupper() or words[1] == "_"):
        words = words[0].lower() + words[1:]
    return BotApiError(400, f"Bad Request: {words}")


def forbidden(words: str) -> BotApiError:
    """403: the person does not want to hear from this bot."""
    return BotApiError(403, f"Forbidden: {words}")


def conflict(words: str) -> BotApiError:
    """409: somebody else receives this bot's updates."""
    return BotApiError(409, f"Conflict: {words}")


def too_many_requests(retry_after: int) -> BotApiError:
    """429: slow down for `retry_after` seconds."""
    return BotApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after)


QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
WRONG_FILE = "wrong file identifier/HTTP URL specified"
