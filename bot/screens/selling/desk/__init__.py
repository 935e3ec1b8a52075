"""The way from the chat to the desk, the shop in a browser."""
