"""A pretend Telegram (and Stripe) on this machine: the Bot API over HTTP, a control API and a browser page."""
