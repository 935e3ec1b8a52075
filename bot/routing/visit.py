"""A visit: one person at the door with one update, and everything a handler may use to serve them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from bot.routing.people import People
from bot.routing.said import Group
from bot.sending.reply import Audience, CommandMenu
from bot.words import Words, words_for
from db.models import Role, User
from db.session import Database
from shop.catalog.glances import Glances
from shop.catalog.shelves import Shelves
from shop.clock import Clock
from shop.notifications.sellers import SELLER_NEWS
from shop.people.permissions import Acting, Employment, Permission, acts_as
from shop.policy import Policy
from shop.ports import Provider
from shop.settings.states import Settings


class Files(Protocol):
    """What people sent as files."""

    async def read(self, file_id: str, *, most: int) -> bytes:
        """All of a file of at most `most` bytes. Raises CannotRead when it is larger or cannot be had."""
        ...


def start_link(username: str, argument: str) -> str:
    """The address that opens the chat with a bot and says `/start argument`."""
    return f"https://t.me/{username}?start={argument}"


class Command(Struct, frozen=True):
    """A command that the menu names: `about` is its line there, in the source language."""

    name: str
    about: str
    audience: Audience
    needs: tuple[Permission, ...]


class Visit(Struct, frozen=True, kw_only=True):
    """What a handler gets.

    `user` is a detached snapshot, perhaps seconds old and shared with other updates of the same person: read it,
    never change it, never hang it on another row (write `user_id=visit.user.id`). `seller` says in whose shop they act
    and what they may do there, and is what every use case of sellers asks for: an owner acts in their own, staff in
    their owner's, an operator in everybody's (`is_owner` is true of these, too).
    """

    db: Database
    clock: Clock
    settings: Settings
    policy: Policy  # of the settings, as they were when the person came
    providers: Mapping[str, Provider]
    words: Words
    user: User
    telegram_id: int  # the person, and their private chat
    is_owner: bool
    is_operator: bool
    seller: Acting
    bot_id: int
    bot_username: str
    media: Path  # where pictures with a relative source are read from
    people: People
    shelves: Shelves
    glances: Glances
    files: Files
    every_command: tuple[Command, ...]
    offers_inline: bool = False  # whether "@bot words" offers something in any chat: its owner says so to BotFather
    group: Group | None = None  # where it happens, when it is not their private chat
    message_id: int | None = None  # the message that was tapped, or that was written

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        return self.clock.now()

    def forget_person(self) -> None:
        """Read this person's row again at their next update: their language or role was just changed."""
        self.people.forget(self.telegram_id)

    def menu(self, *, language: str | None = None) -> CommandMenu:
        """The commands that this person may use, in their language (or another that they have just chosen)."""
        audience: Audience = "operator" if self.is_operator else "owner" if self.sells else "everyone"
        permissions = frozenset[Permission]() if self.is_owner else self.seller.permissions
        return CommandMenu(self.telegram_id, audience, language or self.user.language, permissions)

    @property
    def sells(self) -> bool:
        """Whether they see to goods or orders here: as owner, operator, or on somebody's staff."""
        return self.is_owner or self.seller.is_staff

    def may_hear(self, kind: str) -> bool:
        """Whether a seller's news of this kind (SELLER_NEWS) are for them."""
        return self.is_owner or (self.seller.is_staff and self.seller.may(SELLER_NEWS[kind]))

    def may_reach(self, audience: Audience, needs: Collection[Permission]) -> bool:
        """Whether they are of the audience of a route; staff are where they have one of the permissions it `needs`."""
        if audience == "everyone":
            return True
        if audience == "operator":
            return self.is_operator
        return self.is_owner or (self.seller.is_staff and self.seller.may(*needs))

    def commands(self) -> tuple[Command, ...]:
        """The commands that they may use, in the order of the menu."""
        return tuple(one for one in self.every_command if self.may_reach(one.audience, one.needs))

    def link(self, argument: str) -> str:
        """A deep link that opens the chat and says `/start argument` (≤ 64 of A-Z a-z 0-9 _ -)."""
        return start_link(self.bot_username, argument)

    @property
    def customer(self) -> str:
        """The actor of what this person does as a customer."""
        return f"customer:{self.user.id}"

    @property
    def staff(self) -> str:
        """The actor of what this person does as an owner, on their staff or as an operator."""
        return self.seller.actor


class House(Struct, frozen=True, kw_only=True):
    """What every visit shares."""

    db: Database
    clock: Clock
    settings: Settings
    providers: Mapping[str, Provider]
    bot_id: int
    bot_username: str
    media: Path
    people: People
    shelves: Shelves
    glances: Glances
    files: Files
    every_command: tuple[Command, ...]
    offers_inline: bool = False

    def link(self, argument: str) -> str:
        """The same as a visit's."""
        return start_link(self.bot_username, argument)

    def visit(
        self,
        user: User,
        telegram_id: int,
        *,
        employment: Employment | None = None,
        message_id: int | None = None,
        group: Group | None = None,
    ) -> Visit:
        """A visit of this person, who works where `employment` says."""
        policy = self.settings.policy
        spoken = words_for(user.language, policy.timezone)
        is_operator = telegram_id in policy.operators
        is_owner = is_operator or user.role is Role.ADMIN
        return Visit(
            db=self.db,
            clock=self.clock,
            settings=self.settings,
            policy=policy,
            providers=self.providers,
            words=spoken.knowing(policy.titles_in(spoken.language)),
            user=user,
            telegram_id=telegram_id,
            is_owner=is_owner,
            is_operator=is_operator,
            seller=acts_as(user, employment, is_owner=is_owner, operators=policy.operators),
            bot_id=self.bot_id,
            bot_username=self.bot_username,
            media=self.media,
            people=self.people,
            shelves=self.shelves,
            glances=self.glances,
            files=self.files,
            every_command=self.every_command,
            offers_inline=self.offers_inline,
            group=group,
            message_id=message_id,
        )
