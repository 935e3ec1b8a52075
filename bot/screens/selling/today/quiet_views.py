"""What is said about quiet hours, and the keys that set them."""

from bot.screens.parts import ways
from bot.screens.selling.today.buttons import ChooseQuiet, LetOrdersPass, OpenQuiet, OpenToday, SetQuiet
from bot.screens.selling.today.hour_keys import between, grid, hour_of
from bot.sending.reply import Key, Screen
from bot.words import Html, Words
from shop.people.hours import A_DAY, Hours

NIGHT = (22, 7)
OFFERED = (NIGHT, (20, 8))


def quiet(words: Words, chosen: Hours) -> Screen:
    """The hours with what they mean; where there are none, some to begin with."""
    last = (ways.back(words, OpenToday()), ways.home(words))
    head = words("🌙 <b>Quiet hours</b>")
    if chosen.quiet is None:
        says = words("News of your shop come at once, at any hour.")
        keys = tuple(Key(between(*pair), SetQuiet(*pair)) for pair in OFFERED)
        return Screen(Html("\n\n").join([head, says]), (keys, last))
    says = words(
        "News of your shop wait from {begins} to {ends} and come after, to you, your staff and your groups. "
        "Customers hear theirs as always; alarms about money never wait.",
        begins=hour_of(chosen.quiet[0]),
        ends=hour_of(chosen.quiet[1]),
    )
    orders = words("Orders come at once.") if chosen.orders_pass else words("Orders wait, too.")
    label = words.plain("Let orders wait") if chosen.orders_pass else words.plain("Let orders come at once")
    rows = (
        (
            Key(words.plain("From {hour}", hour=hour_of(chosen.quiet[0])), ChooseQuiet(ends=False)),
            Key(words.plain("Until {hour}", hour=hour_of(chosen.quiet[1])), ChooseQuiet(ends=True)),
        ),
        (Key(label, LetOrdersPass(not chosen.orders_pass)),),
        (Key(words.plain("No quiet hours"), SetQuiet()),),
        last,
    )
    return Screen(Html("\n\n").join([head, says, orders]), rows)


def choose(words: Words, now: tuple[int, int], *, ends: bool) -> Screen:
    """The hours for one end; the other end stays as it is."""
    asks = words("When shall the quiet end?") if ends else words("When shall the quiet begin?")
    begins_at, ends_at = now
    others = [hour for hour in range(A_DAY) if hour != (begins_at if ends else ends_at)]
    offered = [(hour, SetQuiet(begins_at, hour) if ends else SetQuiet(hour, ends_at)) for hour in others]
    rows = grid(offered, ends_at if ends else begins_at)
    return Screen(asks, (*rows, (ways.back(words, OpenQuiet()), ways.home(words))))
