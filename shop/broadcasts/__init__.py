"""Broadcasts: one text to many people, each once, whatever stops and starts again."""

from shop.broadcasts.audience import PARTS, audience
from shop.broadcasts.keeping import (
    MOST_PARTS,
    Figures,
    Standing,
    Written,
    create,
    listed,
    look,
    schedule,
    set_part,
    set_running,
    show_in,
    show_no_more,
    standing,
    start,
)
from shop.broadcasts.optouts import set_wanted
from shop.broadcasts.sending import Claim, Herald, run, write_page

__all__ = [
    "MOST_PARTS",
    "PARTS",
    "Claim",
    "Figures",
    "Herald",
    "Standing",
    "Written",
    "audience",
    "create",
    "listed",
    "look",
    "run",
    "schedule",
    "set_part",
    "set_running",
    "set_wanted",
    "show_in",
    "show_no_more",
    "standing",
    "start",
    "write_page",
]
