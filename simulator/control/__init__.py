"""The control API under `/control/`: what a test, a demo or the page does to the pretend Telegram over HTTP."""
