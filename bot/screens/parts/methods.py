"""What a way to pay is called."""

from bot.words import Words, mark

METHODS = {
    "telegram": mark("💳 Card, here in the chat"),
    "stripe": mark("🌐 Card, on a secure page"),
    "paypal": mark("🅿️ PayPal"),
    "crypto": mark("🪙 Crypto, with @CryptoBot"),
    "stars": mark("⭐ Telegram Stars"),
    "cash": mark("💶 Cash on delivery"),
    "transfer": mark("🏦 Bank transfer"),
    "credit": mark("🎁 Store credit"),
}


def method_name(words: Words, method: str) -> str:
    """A way to pay, as keys say it."""
    return words.plain(METHODS.get(method, method))


def brand(method: str) -> str:
    """What its provider calls itself, where somebody must go and look there."""
    return {"paypal": "PayPal", "crypto": "Crypto Pay"}.get(method, method.capitalize())
