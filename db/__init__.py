"""Remembers: tables, sessions, queries and migrations."""
