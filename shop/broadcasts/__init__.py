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
from shop.broadcasts.sending import Herald, Ready, run, write_page
from shop.broadcasts.trying import TRIED, try_out

__all__ = [
    "MOST_PARTS",
    "PARTS",
    "TRIED",
    "Figures",
    "Herald",
    "Ready",
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
    "try_out",
    "write_page",
]
