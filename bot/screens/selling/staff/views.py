"""A seller's staff: the list, one of them, what a new one shall be allowed, and the links that are out."""

from collections.abc import Collection, Sequence
from urllib.parse import urlencode

from bot.screens.parts import ways
from bot.screens.parts.permissions import LABELS, NAMES
from bot.screens.selling.admins.buttons import OpenSellers
from bot.screens.selling.staff.buttons import (
    AskLetGo,
    ChooseForInvitation,
    LetMemberGo,
    MakeInvitation,
    OpenInvitations,
    OpenMember,
    OpenStaff,
    SetPermission,
    TakeBackInvitation,
)
from bot.sending.button import Button
from bot.sending.reply import Key, Screen
from bot.words import Html, Words
from db.models import Invitation, Permission, User
from db.models.staff import granted
from shop.people.team import Member

PAGE = 8


def staff(words: Words, people: Sequence[Member], *, paged: bool, following: int | None, note: str = "") -> Screen:
    """A page of the seller's staff, each with what they may do; `note` (HTML): what was just done."""
    lines = [
        words("• <b>{name}</b>: {may}", name=called(words, one.person), may=listed(words, one.permissions))
        for one in people
    ]
    body = "\n".join(lines) or words(
        "Nobody yet. Invite somebody by a link, and choose what they may do in your shop: see to orders, say, and "
        "nothing else."
    )
    return Screen(
        "\n\n".join(part for part in (note, words("👥 <b>Your staff</b>"), body) if part),
        (
            *((Key(called(words, one.person), OpenMember(one.person.id)),) for one in people),
            ways.pages(words, OpenStaff() if paged else None, OpenStaff(following) if following is not None else None),
            (
                Key(words.plain("+ Invite somebody"), ChooseForInvitation()),
                Key(words.plain("🔗 Open invitations"), OpenInvitations()),
            ),
            (ways.home(words),),
        ),
    )


def member(words: Words, one: Member) -> Screen:
    """What somebody may do; each key says what it makes of it."""
    text = words(
        "👤 <b>{name}</b>\n\n{may}",
        name=called(words, one.person),
        may=Html("\n").join(_state(words, permission, one.permissions) for permission in Permission),
    )
    return Screen(
        text,
        (
            *(
                (
                    Key(
                        _wanted(words, permission, allowed=permission not in one.permissions),
                        SetPermission(one.person.id, permission, permission not in one.permissions),
                    ),
                )
                for permission in Permission
            ),
            (Key(words.plain("✕ Let go"), AskLetGo(one.person.id), style="danger"),),
            (ways.back(words, OpenStaff()),),
        ),
    )


def sure_to_let_go(words: Words, one: Member) -> Screen:
    """Before somebody is let go."""
    text = words(
        "👥 <b>Shall {name} work here no more?</b>\n\nFrom this moment on they read nothing of your shop and do "
        "nothing in it. What they have done stays.",
        name=called(words, one.person),
    )
    yes = Key(words.plain("✕ Yes, let go"), LetMemberGo(one.person.id), style="danger")
    return Screen(text, ((yes,), (ways.back(words, OpenMember(one.person.id)),)))


def choose(words: Words, chosen: Collection[Permission]) -> Screen:
    """What the next one shall be allowed."""
    chosen = frozenset(chosen)
    text = words(
        "👥 <b>Invite somebody to your staff</b>\n\nWhat may they do?\n\n{may}",
        may=Html("\n").join(_state(words, permission, chosen) for permission in Permission),
    )
    rows = tuple(
        (
            Key(
                _wanted(words, permission, allowed=permission not in chosen),
                ChooseForInvitation(bits_of(chosen ^ {permission})),
            ),
        )
        for permission in Permission
    )
    make = Key(words.plain("🔗 Make the link"), MakeInvitation(bits_of(chosen)), style="primary")
    return Screen(text, (*rows, (make,) if chosen else (), (ways.back(words, OpenStaff()),)))


def link(words: Words, url: str, invitation_id: int, permissions: frozenset[Permission] | None, days: int) -> Screen:
    """The link, which is shown this once."""
    parts = [
        words("🔗 <b>Your invitation</b>\n\n{link}", link=url),
        words("Who opens it may become a seller here.")
        if permissions is None
        else words("Who opens it may join your staff: {may}.", may=listed(words, permissions)),
        words.n(
            "It takes in one person, within {n} day. Send it to nobody else: it is shown this once.",
            "It takes in one person, within {n} days. Send it to nobody else: it is shown this once.",
            days,
        ),
    ]
    share = "https://t.me/share/url?" + urlencode({"url": url})
    back: Button = OpenSellers() if permissions is None else OpenStaff()
    return Screen(
        "\n\n".join(parts),
        (
            (Key(words.plain("📤 Send it"), url=share), Key(words.plain("📋 Copy"), copy=url)),
            (Key(words.plain("✕ Take it back"), TakeBackInvitation(invitation_id)),),
            (ways.back(words, back),),
        ),
    )


def invitations(words: Words, found: Sequence[Invitation], *, note: str = "") -> Screen:
    """The links that nobody has used; a key takes one back."""
    lines = [
        words(
            "• {number}: {may}, until {date}",
            number=one.id,
            may=words("becomes a seller") if one.permissions is None else listed(words, granted(one.permissions)),
            date=words.last_day(one.expires_at),
        )
        for one in found
    ]
    body = "\n".join(lines) or words("None.")
    shown = found[:PAGE]
    if len(found) > PAGE:
        body += "\n" + words("The keys are those of the newest; take one back to see the next.")
    rows = tuple(
        (Key(words.plain("✕ Take back {number}", number=one.id), TakeBackInvitation(one.id)),) for one in shown
    )
    title = words("🔗 <b>Open invitations</b>")
    return Screen("\n\n".join(part for part in (note, title, body) if part), (*rows, (ways.back(words, OpenStaff()),)))


def called(words: Words, person: User) -> str:
    """The name of a person, or that there is none."""
    return person.name or words.plain("No name")


def listed(words: Words, permissions: Collection[Permission]) -> str:
    """Permissions in a row: "orders, stock"."""
    names = [words.plain(NAMES[permission]) for permission in Permission if permission in permissions]
    return ", ".join(names) or words.plain("nothing")


def bits_of(permissions: Collection[Permission]) -> int:
    """A bit for each permission, in their order."""
    return sum(1 << place for place, permission in enumerate(Permission) if permission in permissions)


def from_bits(bits: int) -> frozenset[Permission]:
    """The permissions of these bits; unknown ones mean nothing."""
    return frozenset(permission for place, permission in enumerate(Permission) if bits >> place & 1)


def _state(words: Words, permission: Permission, permitted: Collection[Permission]) -> str:
    mark = "✅" if permission in permitted else "▫️"
    return words("{mark} {permission}", mark=mark, permission=words.plain(LABELS[permission]))


def _wanted(words: Words, permission: Permission, *, allowed: bool) -> str:
    name = words.plain(NAMES[permission])
    return words.plain("✅ Allow: {what}", what=name) if allowed else words.plain("✕ Not any more: {what}", what=name)
