"""People: customers, sellers and the shop itself."""

__all__ = [
    "addresses",
    "at_home",
    "bans",
    "buyers",
    "customers",
    "events",
    "handing_over",
    "hours",
    "house",
    "leaving",
    "log",
    "optouts",
    "permissions",
    "signing_out",
    "staff",
    "team",
    "users",
]
