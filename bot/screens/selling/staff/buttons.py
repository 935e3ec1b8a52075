"""Buttons of a seller who has staff, and of who is invited to it."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button
from db.models import Permission


@button
class OpenStaff(Button, frozen=True):
    """Who works for me, those beyond a user's id."""

    prefix: ClassVar[str] = "tl"
    after: int = 0


@button
class OpenMember(Button, frozen=True):
    """One of them, and what they may do; also ends the question whether to let them go."""

    prefix: ClassVar[str] = "tm"
    user_id: int


@button
class SetPermission(Button, frozen=True):
    """A person may do one thing from now on, or may not."""

    prefix: ClassVar[str] = "tp"
    user_id: int
    permission: Permission
    allowed: bool


@button
class AskLetGo(Button, frozen=True):
    """Ask whether this person shall work here no more."""

    prefix: ClassVar[str] = "tq"
    user_id: int


@button
class LetMemberGo(Button, frozen=True):
    """Yes: this person works here no more."""

    prefix: ClassVar[str] = "tg"
    user_id: int


@button
class ChooseForInvitation(Button, frozen=True):
    """What the next one shall be allowed, a bit for each permission in their order."""

    prefix: ClassVar[str] = "ti"
    bits: int = 0


@button
class MakeInvitation(Button, frozen=True):
    """A link for somebody who shall be allowed this."""

    prefix: ClassVar[str] = "tk"
    bits: int


@button
class OpenInvitations(Button, frozen=True):
    """Links that nobody has used yet."""

    prefix: ClassVar[str] = "tv"


@button
class TakeBackInvitation(Button, frozen=True):
    """The link shall take nobody in."""

    prefix: ClassVar[str] = "tb"
    invitation_id: int


@button
class InviteSeller(Button, frozen=True):
    """A link by which somebody becomes a seller, from an operator."""

    prefix: ClassVar[str] = "ts"


@button
class AskLeaveStaff(Button, frozen=True):
    """Ask whether I shall work here no more."""

    prefix: ClassVar[str] = "tx"


@button
class LeaveStaff(Button, frozen=True):
    """Yes: I work for this seller no more."""

    prefix: ClassVar[str] = "ty"
    owner_id: int


@button
class AcceptInvitation(Button, frozen=True):
    """Yes, I come; the secret of the link says to whom."""

    prefix: ClassVar[str] = "tj"
    secret: str
