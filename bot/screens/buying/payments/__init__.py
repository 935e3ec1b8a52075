"""What Telegram says about payments."""
