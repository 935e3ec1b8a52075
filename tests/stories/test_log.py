"""Every act of those who run the shop is written down with what it was before, and `/log` tells of it in words."""

import ast
import re
from pathlib import Path

from bot.screens.selling.log.views import SAID
from shop.people.log import ACTIONS
from tests.stories.test_staff import invites
from tests.world.goods import a_category, a_product
from tests.world.shop import OpenShop

ACTION = re.compile(r"[a-z]+\.[a-z_]+")
SHOP = Path(__file__).parents[2] / "shop"
WRITES = {"write", "_begin", "_move", "_change", "note", "note_change", "_note", "_noted", "_note_stock", "_choose"}
# who lets another use case do it, and what only looks
OTHERS_WRITE = {
    "look",
    "report",
    "set_part",
    "_changing",
    "set_price",
    "archive",
    "unarchive",
    "publish",
    "unpublish",
    "invitations",
    "of",
    "make",  # a link into the desk, and being there: what is done there is written down by what does it
    "open_",
}

DRAFTED = {  # nothing that is anybody else's happened yet: that it goes out, and what is done there, is written down
    "broadcasts.create",
    "broadcasts.try_out",  # to oneself
    "figures.sales",  # only looks
    "subscriptions.stop",  # the ban, the archive or the customer's own word behind it is written down there
    "desk.make",
    "desk.open_",
}


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else str(getattr(call.func, "id", ""))


def _acts() -> list[tuple[str, ast.AsyncFunctionDef]]:
    """Use cases that people who sell change something with: they are told who acts, and when."""
    found = []
    for path in sorted(SHOP.rglob("*.py")):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.AsyncFunctionDef) and f"{path.parent.name}.{node.name}" not in DRAFTED:
                names = {one.arg for one in (*node.args.args, *node.args.kwonlyargs)}
                if {"by", "now"} <= names and node.name not in OTHERS_WRITE:
                    found.append((f"{path.relative_to(SHOP)}:{node.name}", node))
    return found


def test_no_act_of_a_seller_is_forgotten() -> None:
    acts = _acts()
    silent = [
        name
        for name, node in acts
        if not any(isinstance(call, ast.Call) and _called(call) in WRITES for call in ast.walk(node))
    ]

    assert len(acts) > 20
    assert silent == []


def test_every_kind_of_event_is_said_in_words() -> None:
    written = set()
    for path in SHOP.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and _called(call) in WRITES:
                given = [*call.args, *(one.value for one in call.keywords)]
                texts = [one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                written |= {text for text in texts if ACTION.fullmatch(text)}

    assert len(written) > 20
    assert written - set(SAID) == set()
    assert {action for actions in ACTIONS.values() for action in actions} == set(SAID)


async def test_the_log_tells_who_did_what_and_what_it_was_before(shop: OpenShop) -> None:
    olga, bob, ivan, oscar = shop.olga, shop.bob, shop.ivan, shop.oscar
    async with shop.db.begin() as session:
        await a_product(session, "Green tea", sku="TEA", stock=5, category=await a_category(session, "Tea"))
    for guest in (olga, bob, ivan, oscar, shop.ann, shop.eve):
        await guest.says("/start")
    await shop.ann.taps("Catalogue", "Tea", "Green tea", "Add to cart", "Cart", "Check out", "here in the chat")
    assert (await shop.ann.pays()).state == "paid"
    await bob.says(await invites(olga, "orders", "stock"))
    await bob.taps("Yes, I join")
    await bob.says("/ship 1 LX 12")
    await bob.says("/restock TEA +10")
    await olga.says("/price TEA 9.99")
    await olga.says("/archive TEA")
    await olga.says("/ban @ann")
    await olga.taps("Yes, no more orders")

    await olga.says("/log")
    assert "Bob changed the stock: Green tea\nstock: 4 → 14" in olga.text
    assert "Bob sent an order: 1\nstatus: to do → on the way\ntracking number: – → LX 12" in olga.text
    assert "→ €9.99" in olga.text
    assert "banned: no → yes" in olga.text
    await olga.taps("Orders")
    assert "sent an order" in olga.text
    assert "price" not in olga.text
    await olga.says("/log @bob")
    assert "What Bob did" in olga.text
    assert "Olga" not in olga.text
    await olga.says("/log People")
    assert "joined the staff\nmay do: – → orders, stock" in olga.text

    await ivan.says("/log")
    assert "Nothing." in ivan.text
    await oscar.says("/log")
    assert "Green tea" in oscar.text
    for guest in (bob, shop.ann):
        await guest.says("/log")
        assert "I do not know this command" in guest.newest

    for price in range(1, 13):  # more than a page
        await olga.says(f"/price TEA {price}")
    await olga.says("/log products")
    await olga.taps("Next")
    assert "Previous" in " ".join(olga.keyboard)
    await shop.keeps_its_promises()
    assert shop.incidents() == []
