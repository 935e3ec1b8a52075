"""People: customers, sellers and the shop itself."""

__all__ = ["at_home", "bans", "events", "handing_over", "house", "leaving", "permissions", "staff", "team", "users"]
