"""Store credit: what a person may spend at a seller, held by orders as stock is; and gift cards, which become it."""

from shop.credit.accounts import Balance, Moved, Standing, balances, history, standing, use
from shop.credit.cards import MOST_CARDS, Card, CardDraft, disable, issue, list_cards, look
from shop.credit.codes import GROUPS, digest, grouped, is_code, new_card_code
from shop.credit.giving import give, of_customer
from shop.credit.holding import fit, give_back, hold_again, hold_now, spend
from shop.credit.leaving import forfeit
from shop.credit.redeeming import redeem
from shop.credit.refunding import put_back

__all__ = [
    "GROUPS",
    "MOST_CARDS",
    "Balance",
    "Card",
    "CardDraft",
    "Moved",
    "Standing",
    "balances",
    "digest",
    "disable",
    "fit",
    "forfeit",
    "give",
    "give_back",
    "grouped",
    "history",
    "hold_again",
    "hold_now",
    "is_code",
    "issue",
    "list_cards",
    "look",
    "new_card_code",
    "of_customer",
    "put_back",
    "redeem",
    "refusals",
    "spend",
    "standing",
    "use",
]
