"""Talks Telegram: handlers, views, buttons, words."""

import os

# python-telegram-bot warns about whole seconds in RetryAfter until it is asked for durations.
os.environ.setdefault("PTB_TIMEDELTA", "1")
