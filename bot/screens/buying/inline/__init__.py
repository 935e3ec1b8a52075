"""What the shop offers in other chats."""
