"""The scale that a provider is measured with: rules by level, what proves each, and what a provider cannot have."""

from collections.abc import Callable
from pathlib import Path

from shop.ports import ListsEvents
from tests.house.files import ROOT, text
from tests.payments.contract import Bench, Row

Proof = Callable[[Row, Bench], bool]

PRETENDS = {"telegram": "telegram", "stars": "telegram"}  # the others are named as their provider is
JUDGES = {"telegram": "telegram", "stars": "telegram"}
SANDBOX = {
    "stripe": "sk_test_",
    "telegram": "`TEST` provider token",
    "paypal": "sandbox",
    "crypto": "@CryptoTestnetBot",
    "stars": "Stars have no test mode",
}

# What no work of ours can give, and why.
CANNOT = {
    ("telegram", "reconciles"): "Telegram cannot be asked how a card payment stands",
    ("telegram", "disputes"): "they reach the bank behind the token, and us through Stripe",
    ("stars", "disputes"): "there are none",
    ("crypto", "disputes"): "there are none",
    ("crypto", "partial refunds"): "Crypto Pay has no refund call, people send it",
    ("stars", "partial refunds"): "Stars go back whole",
}


def _module(row: Row) -> str:
    return "".join(text(path.relative_to(ROOT)) for path in sorted((ROOT / "payments").glob(f"{row.name}*.py")))


LEVELS: dict[str, dict[str, Proof]] = {
    "bronze": {
        "opens": lambda _, bench: callable(bench.provider.open),
        "settles": lambda row, _: row.answers or row.name in {"telegram", "stars"},
        "refuses wrong sums": lambda row, _: (
            any(not order.total or order.total == 12345 for order in row.refuses) or row.name == "stars"
        ),
    },
    "silver": {
        "closes": lambda row, _: row.answers or row.name in {"telegram", "stars"},
        "reconciles": lambda _, bench: isinstance(bench.provider, ListsEvents),
        "disputes": lambda row, _: "read_dispute" in _module(row),
    },
    "gold": {
        "partial refunds": lambda row, bench: row.gives_back and bench.provider.partial_refunds,
        "pretend": lambda row, _: (ROOT / "simulator" / PRETENDS.get(row.name, row.name)).is_dir(),
        "sandbox notes": lambda row, _: SANDBOX.get(row.name, row.name) in text(Path("docs/running.md")),
    },
    "platinum": {
        "judged": lambda row, _: (
            ROOT / "tests/simulator" / f"test_{JUDGES.get(row.name, row.name)}_judges.py"
        ).is_file(),
    },
}
RULES = tuple(rule for rules in LEVELS.values() for rule in rules)


def marks(row: Row, bench: Bench) -> list[str]:
    """What stands in the table: ✓ it has it, – it cannot have it, ✗ it could."""
    found = {rule: proof(row, bench) for rules in LEVELS.values() for rule, proof in rules.items()}
    return ["✓" if found[rule] else "–" if (row.name, rule) in CANNOT else "✗" for rule in RULES]


def level(row: Row, bench: Bench) -> str:
    """The highest level that has no ✗, nor those below it."""
    reached, told = "none", dict(zip(RULES, marks(row, bench), strict=True))
    for name, rules in LEVELS.items():
        if any(told[rule] == "✗" for rule in rules):
            break
        reached = name
    return reached
