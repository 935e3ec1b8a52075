"""Screens: a folder a noun, for those who buy and those who sell."""
