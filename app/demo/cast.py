"""The people of every made-up shop: the demo's, and those that are tested and measured.

The pretend Telegram's own cast (simulator/people.toml) has the same people; a test holds the two together.
"""

from msgspec import Struct

from db.models import Role


class Someone(Struct, frozen=True):
    """A person, as Telegram knows them, and what they are in the shop."""

    telegram_id: int
    name: str
    username: str
    language: str = "en"
    role: Role = Role.CUSTOMER


ANN = Someone(1001, "Ann", "ann")  # buys
BOB = Someone(1002, "Bob", "bob")  # buys too
OLGA = Someone(1003, "Olga", "olga", role=Role.ADMIN)  # sells
IVAN = Someone(1004, "Ivan", "ivan", role=Role.ADMIN)  # sells, and must see nothing of Olga's
OSCAR = Someone(1005, "Oscar", "oscar")  # operates
NINA = Someone(1011, "Nina", "nina")  # Olga's staff
SELLERS = (OLGA, IVAN)
