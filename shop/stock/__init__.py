"""Stock: units are held, sold, given back and counted by conditional updates alone."""

from shop.stock.moving import (
    StockMismatch,
    correct,
    count_units,
    hold,
    hold_now,
    note_hold,
    receive,
    release,
    sell,
    take_back,
    unwatch,
    waits,
    watch,
)

__all__ = [
    "StockMismatch",
    "correct",
    "count_units",
    "hold",
    "hold_now",
    "news",
    "note_hold",
    "receive",
    "release",
    "sell",
    "take_back",
    "unwatch",
    "waits",
    "watch",
]
