"""The Bot API and the state behind it: bots, people, chats, messages, updates, payments."""
