"""No statement of the shop looks at more rows because there are more: every screen, every job, on each database.

The statements are those that the shop really asks while people walk through all of its screens, so a new screen, job
or query is looked at without being named here.
"""

from collections import Counter

from app.metrics import Metrics
from bot.screens.routes import join
from simulator.telegram.wire import JsonObject
from tests.world.guests import Guest
from tests.world.plans import Recording, recorded, run_again
from tests.world.plenty import fill
from tests.world.plenty_orders import IN_HAND
from tests.world.shop import OpenShop

PRODUCTS = 6_000
ORDERS = 5_000
MOST = 400  # rows; the least that grows here (a shelf, one customer's past) has more
PAID = IN_HAND - 5
ADDRESS: JsonObject = {
    "country_code": "DE",
    "state": "",
    "city": "Berlin",
    "street_line1": "A 1",
    "street_line2": "",
    "post_code": "1",
}
TAPS = 3  # of each kind of button, by each person
PEOPLE = ("ann", "olga", "oscar")
# Dismissing a seller counts and hands over everything they have, in one transaction: that is about all rows by nature.
# Before a ban the orders of one person are counted: as many rows as they ever ordered, and seldom asked for.
# Before an account is deleted the orders of its person are looked through for such as are not done, the same way.
# The card of a customer sums what they ordered from one seller, the same way.
# What runs low is looked for among all that one seller offers: no index tells what is left from the mark beside it.
# The figures of a period add up its payments, along the day of payment: as many rows as were paid in it.
# A table that is taken along as a file has all of its rows, read some hundreds at a time; so has one's own data.
# The page of one's own data counts one person's rows: on PostgreSQL all of their orders are read in the index.
OF_EVERYTHING = {"ad", "ah", "bq", "bs", "uo", "un", "uc", "uw", "el", "td", "fg", "fp", "fb", "xm", "pe", "pd", "pv"}
LOOKS_AT_ALL_GOODS = {"/today", "/sales", "/privacy", "/settings"}
SAID = {
    "ann": ["product 77", "product", "zzz", "/search many product"],
    "olga": ["/restock BULK-25 +10", "/restock bulk-36 =9", "/price BULK-46 4", "/archive BULK-55", f"/ship {PAID} X1"],
    "oscar": ["/restock bulk-65 +1", f"/refund {PAID - 1}", "/addadmin @guest_7", f"/complete {PAID - 2}"],
}


async def test_no_screen_and_no_job_looks_at_more_rows_because_there_are_more(shop: OpenShop) -> None:
    """Drop an index, or add a COUNT, an OFFSET or a LIKE, and this names the statement and what asked it."""
    await fill(shop.db, products=PRODUCTS, orders=ORDERS, now=shop.clock.now())
    with recorded(shop.db) as recording:
        for name in PEOPLE:
            await _walk(shop, name, recording)
        await _buy(shop, recording)
        recording.doing = "the schedule"
        await shop.passes(hours=1)
        await shop.passes(days=9)
        recording.doing = "metrics"
        await Metrics().refresh(shop.db, shop.clock)

    too_many = []
    for asked in recording:
        ran = await run_again(shop.db, asked)
        if ran.rows > MOST:
            too_many.append(f"{ran.rows} rows for {asked.doing}:\n{asked.statement}\n{asked.parameters}\n{ran.plan}")
    assert not too_many, "\n\n".join(too_many)


async def _walk(shop: OpenShop, name: str, recording: Recording) -> None:
    """Say every command, and tap every kind of button that shows up."""
    guest: Guest = getattr(shop, name)
    commands = [f"/{command}" for command in join().commands if f"/{command}" not in LOOKS_AT_ALL_GOODS]
    tapped: Counter[str] = Counter()
    seen: set[str] = set()
    for text in ["/start", *commands, *SAID[name]]:
        recording.doing = f"{name} says {text}"
        await guest.says(text)
        await _tap(guest, recording, tapped, seen)


async def _tap(guest: Guest, recording: Recording, tapped: Counter[str], seen: set[str]) -> None:
    while True:
        fresh = _fresh(guest, tapped, seen)
        if fresh is None:
            return
        label, data = fresh
        seen.add(data)
        tapped[data.partition(":")[0]] += 1
        recording.doing = f"{guest.who.name} taps {label} ({data})"
        await guest.forges(data)


def _fresh(guest: Guest, tapped: Counter[str], seen: set[str]) -> tuple[str, str] | None:
    for message in reversed(guest.chat.said):
        for row in message.keyboard or ():
            for button in row:
                data = str(button.get("callback_data", ""))
                kind = data.partition(":")[0]
                if data and data not in seen and tapped[kind] < TAPS and kind not in OF_EVERYTHING:
                    return str(button["text"]), data
    return None


async def _buy(shop: OpenShop, recording: Recording) -> None:
    """From the shelf to the stars, and the money back."""
    recording.doing = "buying"
    await shop.bob.says("/start p_35")
    await shop.bob.taps("Add to cart", "in the cart", "Check out", "here in the chat")
    await shop.bob.pays(address=ADDRESS, option="post")
    await shop.tick()
    recording.doing = "refunding"
    order = ORDERS + 1
    while not shop.olga.sees(f"New order {order}") and order < ORDERS + 9:
        order += 1
    await shop.olga.says(f"/refund {order}")
    await _tap(shop.olga, recording, Counter(), set())
