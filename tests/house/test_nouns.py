"""A noun is one folder, and others use what its `__init__` names; screens lead to each other by buttons."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.files import python, tree

ROOMS = ("app", "bot", "db", "payments", "shop", "web")
LOOSE = 5
SIDES = ("buying", "selling")


def _module(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


MODULES = {_module(path): path for path in python(*ROOMS)}
NOUNS = sorted({module for module in MODULES if module.startswith("shop.") and MODULES[module].name == "__init__.py"})


def _imports(path: Path) -> Iterator[tuple[str, str]]:
    """(module, name) of every import from our own rooms; name is empty for a module as a whole."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield (whole, "") if whole in MODULES else (node.module, alias.name)


def _named(package: str) -> set[str]:
    """What a package's `__all__` says."""
    for node in tree(MODULES[package]).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


def unnamed(noun: str, here: str, module: str) -> bool:
    """Whether `here` imports a module of this noun from outside that its `__init__` does not name."""
    inside = here == noun or here.startswith(f"{noun}.")
    return (
        not inside
        and module.startswith(f"{noun}.")
        and module.removeprefix(f"{noun}.").split(".")[0] not in _named(noun)
    )


def screen_of(module: str) -> str | None:
    """`bot.screens.buying.cart` for everything in that folder."""
    parts = module.split(".")
    return ".".join(parts[:4]) if parts[:2] == ["bot", "screens"] and len(parts) > 3 and parts[2] in SIDES else None


def leads_elsewhere(here: str, module: str) -> bool:
    """Whether a screen, or what several show, imports more of another screen than its buttons."""
    theirs = screen_of(module)
    ours = screen_of(here) or ("parts" if here.startswith("bot.screens.parts") else None)
    return None not in {theirs, ours} and theirs != ours and not module.rpartition(".")[2].endswith("buttons")


@pytest.mark.parametrize("noun", NOUNS)
def test_others_use_what_a_noun_names(noun: str) -> None:
    reached = [
        f"{path} imports {module}"
        for here, path in MODULES.items()
        for module, _ in _imports(path)
        if unnamed(noun, here, module)
    ]

    assert reached == []


@pytest.mark.parametrize("noun", NOUNS)
def test_a_noun_names_what_it_has(noun: str) -> None:
    package = MODULES[noun]
    has = {
        alias.asname or alias.name
        for node in tree(package).body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    has |= {
        node.name
        for node in tree(package).body
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    }
    has |= {
        target.id
        for node in tree(package).body
        if isinstance(node, ast.AnnAssign | ast.Assign)
        for target in ast.walk(node)
        if isinstance(target, ast.Name)
    }
    has |= {path.stem for path in python("shop") if path.parent == package.parent}

    assert _named(noun)
    assert _named(noun) - has == set()


def test_screens_lead_to_each_other_by_buttons() -> None:
    elsewhere = {
        (here, module)
        for here, path in MODULES.items()
        for module, _ in _imports(path)
        if leads_elsewhere(here, module)
    }

    assert elsewhere == set()


@pytest.mark.parametrize("room", ["shop", "bot"])
def test_a_room_has_folders_and_few_loose_files(room: str) -> None:
    loose = [path for path in python(room) if len(path.parts) == 2]

    assert len(loose) <= LOOSE, loose


def test_the_rules_notice() -> None:
    assert unnamed("shop.stock", "bot.application", "shop.stock.moving")
    assert not unnamed("shop.stock", "shop.stock.news", "shop.stock.moving")
    assert not unnamed("shop.stock", "shop.orders.moves", "shop.stock.news")
    assert leads_elsewhere("bot.screens.buying.cart.views", "bot.screens.buying.orders.views")
    assert leads_elsewhere("bot.screens.parts.order_text", "bot.screens.buying.checkout.views")
    assert not leads_elsewhere("bot.screens.buying.cart.views", "bot.screens.buying.orders.buttons")
    assert not leads_elsewhere("bot.screens.buying.checkout.handlers", "bot.screens.buying.checkout.paying")
