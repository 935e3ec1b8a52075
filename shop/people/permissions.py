"""Who acts in whose shop, and what they may do there: asked by every use case of sellers, once.

A use case takes `by`: an Acting (bot: `visit.seller`), or the row of an owner, who may do everything to what is theirs.

    acting = permissions.ask(by, Permission.ORDERS)      # raises NotPermitted
    query.where(Order.owner_id == acting.owner_id)       # unless acting.everything
    event.actor = acting.actor                           # "owner:1", "staff:7", "operator:3"
"""

from collections.abc import Collection

from msgspec import Struct
from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from db.models import Permission, Role, StaffMember, User
from db.models.staff import granted
from db.prepared import PreparedRead
from db.session import Database
from shop.refusals import NotPermitted

__all__ = [
    "ALL",
    "EMPLOYER",
    "WORKS",
    "Acting",
    "By",
    "Employment",
    "Permission",
    "acts_as",
    "ask",
    "employment_of",
    "operating",
]

ALL = frozenset(Permission)


class Acting(Struct, frozen=True):
    """A person (`person_id`) in the shop of a seller (`owner_id`); with `everything`, in everybody's shop.

    Who works for nobody and sells nothing is in their own empty shop, with no permissions.
    """

    person_id: int
    owner_id: int
    permissions: frozenset[Permission] = frozenset()
    everything: bool = False

    @property
    def actor(self) -> str:
        """The name that is written beside what this person does."""
        if self.everything:
            return f"operator:{self.person_id}"
        return f"owner:{self.person_id}" if self.person_id == self.owner_id else f"staff:{self.person_id}"

    @property
    def only(self) -> int | None:
        """The one seller whose things may be touched; None: everybody's."""
        return None if self.everything else self.owner_id

    @property
    def is_staff(self) -> bool:
        """Whether this is another seller's shop, in which the person works."""
        return self.person_id != self.owner_id

    def may(self, *wanted: Permission) -> bool:
        """Whether any of these is permitted."""
        return self.everything or any(permission in self.permissions for permission in wanted)


By = Acting | User


def ask(by: By, *wanted: Permission) -> Acting:
    """Who acts, if any of these is permitted to them. Raises NotPermitted."""
    acting = by if isinstance(by, Acting) else Acting(by.id, by.id, ALL)
    if not acting.may(*wanted):
        raise NotPermitted(wanted=wanted[0].value)
    return acting


def operating(operator: User) -> Acting:
    """An operator, who acts in everybody's shop."""
    return Acting(operator.id, operator.id, ALL, everything=True)


class Employment(Struct, frozen=True):
    """For whom a person works, and what they may do there; the seller's role and Telegram id say if they still sell."""

    owner_id: int
    permissions: str
    owner_role: Role
    owner_telegram_id: int | None


EMPLOYER = aliased(User, name="employer")
# beside a statement that reads a person: join StaffMember by the person, and EMPLOYER by StaffMember.owner_id
WORKS = (StaffMember.owner_id, StaffMember.permissions, EMPLOYER.role, EMPLOYER.telegram_id)
_OF_ONE = PreparedRead(
    select(*WORKS)
    .select_from(StaffMember)
    .join(EMPLOYER, EMPLOYER.id == StaffMember.owner_id)
    .where(StaffMember.user_id == bindparam("person"))
)


async def employment_of(db: Database, user_id: int) -> Employment | None:
    """For whom this person works. One statement."""
    rows = await db.look(_OF_ONE, {"person": user_id})
    return Employment(*rows[0]) if rows else None


def acts_as(user: User, employment: Employment | None, *, is_owner: bool, operators: Collection[int]) -> Acting:
    """In whose shop a person acts (`operators`: Telegram ids); who sells works for nobody else."""
    if user.telegram_id in operators:
        return operating(user)
    if is_owner:
        return Acting(user.id, user.id, ALL)
    if employment is None or not (employment.owner_role is Role.ADMIN or employment.owner_telegram_id in operators):
        return Acting(user.id, user.id)
    return Acting(user.id, employment.owner_id, granted(employment.permissions))
