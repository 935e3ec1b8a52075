"""The tour."""


async def play(url: str) -> bool:
    """Play the story."""
    return bool(url)
