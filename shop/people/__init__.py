"""People: customers, sellers and the shop itself."""

__all__ = [
    "addresses",
    "at_home",
    "bans",
    "customers",
    "events",
    "handing_over",
    "hours",
    "house",
    "leaving",
    "log",
    "optouts",
    "permissions",
    "staff",
    "team",
    "users",
]
