"""Broadcasts: one text to many people, each once, whatever stops and starts again."""

from shop.broadcasts.audience import PARTS, audience
from shop.broadcasts.keeping import MOST_PARTS, Figures, Standing, create, listed, look, set_part, set_running, start
from shop.broadcasts.optouts import set_wanted
from shop.broadcasts.sending import Claim, Herald, run

__all__ = [
    "MOST_PARTS",
    "PARTS",
    "Claim",
    "Figures",
    "Herald",
    "Standing",
    "audience",
    "create",
    "listed",
    "look",
    "run",
    "set_part",
    "set_running",
    "set_wanted",
    "start",
]
