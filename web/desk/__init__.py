"""The desk: the shop in a browser, for those who sell; the same use cases as the chat, behind other pages."""
