"""What promotions take off an order: pure arithmetic in minor units.

An order has at most one promotion on its goods and one that sends it for free: of those that hold, the one that saves
most; of equals the one whose code was typed, then the older. A sale price is a price like any other. At least one minor
unit stays to be paid: an order for nothing cannot be paid by any way.
"""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from db.models import PromotionKind


class Goods(Struct, frozen=True):
    """One line of a future order; `price` of one unit."""

    product_id: int
    price: int
    quantity: int
    parent_id: int | None = None
    category_id: int | None = None

    @property
    def total(self) -> int:
        """What all units cost."""
        return self.price * self.quantity


class Candidate(Struct, frozen=True):
    """A promotion as one person may use it now; `mine`: how often they did, `ordered`: whether they ever bought here.

    `most` and `code_used` are of the code that was typed; `categories` has those below, too.
    """

    promotion_id: int
    owner_id: int
    name: str
    kind: PromotionKind
    value: int
    currency: str
    buy_units: int
    free_units: int
    min_amount: int
    starts_at: datetime | None
    ends_at: datetime | None
    total_limit: int | None
    per_person: int | None
    first_order: bool
    used: int
    stopped_at: datetime | None
    mine: int
    ordered: bool
    code_id: int | None = None
    code: str | None = None
    most: int | None = None
    code_used: int = 0
    categories: frozenset[int] = frozenset()
    products: frozenset[int] = frozenset()


class Used(Struct, frozen=True):
    """A promotion that an order uses, and what it takes off the goods."""

    promotion_id: int
    name: str
    amount: int
    code_id: int | None = None
    code: str | None = None


class Saving(Struct, frozen=True):
    """What is taken off an order: by product id, in minor units; by what; and why the typed code is not among it.

    `unused`: the code that the person typed, `why` it does not count here; `minimum`: from which amount it does.
    """

    by_product: tuple[tuple[int, int], ...] = ()
    used: tuple[Used, ...] = ()
    free_shipping: bool = False
    unused: str | None = None
    why: str | None = None
    minimum: int = 0

    @property
    def amount(self) -> int:
        """What is taken off the goods."""
        return sum(share for _, share in self.by_product)

    @property
    def discount_name(self) -> str | None:
        """The code, or the name, of what takes something off the goods."""
        return next((used.code or used.name for used in self.used if used.amount), None)

    @property
    def shipping_offer(self) -> str | None:
        """The same of what makes shipping free."""
        return next((used.code or used.name for used in self.used if not used.amount), None)

    @property
    def mark(self) -> str:
        """What was shown, to stand in the key of a checkout; empty when nothing is taken off."""
        if not self.used:
            return ""
        return f"{self.amount}{'f' if self.free_shipping else ''}"


def best(
    candidates: Sequence[Candidate], goods: Sequence[Goods], currency: str, now: datetime, *, ships: bool
) -> Saving:
    """What is taken off these lines (of one seller, whose promotions these are); `ships`: they are sent somewhere."""
    offers: list[tuple[int, Candidate, dict[int, int]]] = []
    free: list[Candidate] = []
    typed = next((each for each in candidates if each.code is not None), None)
    why = None
    for each in candidates:
        reason = why_not(each, goods, currency, now)
        if reason is None and each.kind is PromotionKind.FREE_SHIPPING and not ships:
            reason = "other_goods"
        if reason is not None:
            why = reason if each is typed else why
            continue
        if each.kind is PromotionKind.FREE_SHIPPING:
            free.append(each)
            continue
        shares = split(each, goods)
        offers.append((sum(shares.values()), each, shares))
    order = sorted(offers, key=lambda offer: (-offer[0], offer[1].code is None, offer[1].promotion_id))
    used: list[Used] = []
    shares = {}
    if order and order[0][0] > 0:
        amount, chosen, shares = order[0]
        used.append(Used(chosen.promotion_id, chosen.name, amount, chosen.code_id, chosen.code))
    used += [
        Used(chosen.promotion_id, chosen.name, 0, chosen.code_id, chosen.code)
        for chosen in sorted(free, key=lambda each: (each.code is None, each.promotion_id))[:1]
    ]
    counts = any(each.code is not None for each in used)
    return Saving(
        by_product=tuple((product, share) for product, share in shares.items() if share),
        used=tuple(used),
        free_shipping=bool(free),
        unused=None if typed is None or counts else typed.code,
        why=None if typed is None or counts else why or "less",
        minimum=0 if typed is None else typed.min_amount,
    )


def why_not(each: Candidate, goods: Sequence[Goods], currency: str, now: datetime) -> str | None:
    """Why this promotion does not hold for these lines; None when it does."""
    if (over := why_over(each, now)) is not None:
        return over
    meant = [line for line in goods if _is_meant(each, line)]
    counted = each.kind is PromotionKind.FIXED or each.min_amount > 0
    reasons = (
        ("other_goods", not meant or (counted and each.currency != currency)),
        ("minimum", sum(line.total for line in meant) < each.min_amount),
        ("other_goods", each.kind is PromotionKind.BUY_X_GET_Y and not _gifts(each, meant)),
    )
    return next((reason for reason, holds in reasons if holds), None)


def why_over(each: Candidate, now: datetime) -> str | None:
    """Why it holds for no cart of this person now; None when it may."""
    reasons = (
        ("over", each.stopped_at is not None or (each.ends_at is not None and each.ends_at <= now)),
        ("not_yet", each.starts_at is not None and each.starts_at > now),
        ("used_up", each.total_limit is not None and each.used >= each.total_limit),
        ("used_up", each.most is not None and each.code_used >= each.most),
        ("per_person", each.per_person is not None and each.mine >= each.per_person),
        ("first_order", each.first_order and each.ordered),
    )
    return next((reason for reason, holds in reasons if holds), None)


def split(each: Candidate, goods: Sequence[Goods]) -> dict[int, int]:
    """What it takes off each line that it is for, by product id: the shares add up exactly."""
    meant = [line for line in goods if _is_meant(each, line)]
    total, everything = sum(line.total for line in meant), sum(line.total for line in goods)
    if each.kind is PromotionKind.BUY_X_GET_Y:
        shares = _gifts(each, meant)
        if sum(shares.values()) >= everything:
            return {}
        return shares
    wanted = total * each.value // 100 if each.kind is PromotionKind.PERCENT else each.value
    return by_largest_remainder(min(wanted, total, everything - 1), {line.product_id: line.total for line in meant})


def by_largest_remainder(amount: int, weights: dict[int, int]) -> dict[int, int]:
    """Share an amount by weight, exactly: what the rounding leaves goes to the largest remainders, then to lower ids.

    No share is larger than its weight when the amount is not larger than their sum.
    """
    total = sum(weights.values())
    if total <= 0 or amount <= 0:
        return dict.fromkeys(weights, 0)
    shares = {key: amount * weight // total for key, weight in weights.items()}
    left = amount - sum(shares.values())
    order = sorted(weights, key=lambda key: (-(amount * weights[key] % total), key))
    for key in order[:left]:
        shares[key] += 1
    return shares


def _is_meant(each: Candidate, line: Goods) -> bool:
    if not each.categories and not each.products:
        return True
    return line.category_id in each.categories or line.product_id in each.products or line.parent_id in each.products


def _gifts(each: Candidate, meant: Sequence[Goods]) -> dict[int, int]:
    """Of every X + Y units the Y cheapest of all are free."""
    group = each.buy_units + each.free_units
    units = sum(line.quantity for line in meant)
    left = units // group * each.free_units if group > 0 else 0
    gifts: dict[int, int] = {}
    for line in sorted(meant, key=lambda line: (line.price, line.product_id)):
        taken = min(left, line.quantity)
        if taken:
            gifts[line.product_id] = taken * line.price
        left -= taken
    return gifts
