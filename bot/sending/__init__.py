"""What leaves: replies, cut and marked up for Telegram, within its limits."""
