"""The tree of categories, for those who sell."""
