"""People: customers, sellers and the shop itself."""

__all__ = ["at_home", "bans", "handing_over", "house", "permissions", "staff", "users"]
