"""A visit: one person at the door with one update, and everything a handler may use to serve them."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from bot.routing.people import People
from bot.sending.reply import Audience, CommandMenu
from bot.words import Words, words_for
from db.models import Role, User
from db.session import Database
from shop.catalog.shelves import Shelves
from shop.clock import Clock
from shop.policy import Policy
from shop.ports import Provider


class Files(Protocol):
    """What people sent as files."""

    async def read(self, file_id: str, *, most: int) -> bytes:
        """All of a file of at most `most` bytes. Raises CannotRead when it is larger or cannot be had."""
        ...


class Visit(Struct, frozen=True, kw_only=True):
    """What a handler gets.

    `user` is a detached snapshot, perhaps seconds old and shared with other updates of the same person: read it,
    never change it, never hang it on another row (write `user_id=visit.user.id`). `is_owner` is also true of
    operators, who may do to everybody's goods what owners may do to theirs: pass `everything=visit.is_operator`.
    """

    db: Database
    clock: Clock
    policy: Policy
    providers: Mapping[str, Provider]
    words: Words
    user: User
    telegram_id: int  # the person, and their private chat
    is_owner: bool
    is_operator: bool
    bot_id: int
    bot_username: str
    media: Path  # where pictures with a relative source are read from
    people: People
    shelves: Shelves
    files: Files
    message_id: int | None = None  # the message that was tapped, or that was written

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        return self.clock.now()

    def forget_person(self) -> None:
        """Read this person's row again at their next update: their language or role was just changed."""
        self.people.forget(self.telegram_id)

    def menu(self, *, language: str | None = None) -> CommandMenu:
        """The commands that this person may use, in their language (or another that they have just chosen)."""
        audience: Audience = "operator" if self.is_operator else "owner" if self.is_owner else "everyone"
        return CommandMenu(self.telegram_id, audience, language or self.user.language)

    def link(self, argument: str) -> str:
        """A deep link that opens the chat and says `/start argument` (≤ 64 of A-Z a-z 0-9 _ -)."""
        return f"https://t.me/{self.bot_username}?start={argument}"

    @property
    def customer(self) -> str:
        """The actor of what this person does as a customer."""
        return f"customer:{self.user.id}"

    @property
    def staff(self) -> str:
        """The actor of what this person does as an owner or operator."""
        return f"{'operator' if self.is_operator else 'owner'}:{self.user.id}"


class House(Struct, frozen=True, kw_only=True):
    """What every visit shares."""

    db: Database
    clock: Clock
    policy: Policy
    providers: Mapping[str, Provider]
    bot_id: int
    bot_username: str
    media: Path
    people: People
    shelves: Shelves
    files: Files

    def visit(self, user: User, telegram_id: int, *, message_id: int | None = None) -> Visit:
        """A visit of this person."""
        is_operator = telegram_id in self.policy.operators
        return Visit(
            db=self.db,
            clock=self.clock,
            policy=self.policy,
            providers=self.providers,
            words=words_for(user.language, self.policy.timezone),
            user=user,
            telegram_id=telegram_id,
            is_owner=is_operator or user.role is Role.ADMIN,
            is_operator=is_operator,
            bot_id=self.bot_id,
            bot_username=self.bot_username,
            media=self.media,
            people=self.people,
            shelves=self.shelves,
            files=self.files,
            message_id=message_id,
        )
