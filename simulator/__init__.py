"""A pretend Telegram, Stripe and PayPal on this machine: the Bot API over HTTP, a control API and a browser page."""
