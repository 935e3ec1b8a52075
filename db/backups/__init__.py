"""Backups: one file that holds the whole shop, made while it runs, by the means that each database has for it."""

from db.backups.files import BackupRefused, kind_of
from db.backups.restoring import restore
from db.backups.saving import save

__all__ = ["BackupRefused", "kind_of", "restore", "save"]
