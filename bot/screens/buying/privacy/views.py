"""What is kept about a person, and what becomes of it, in plain words."""

from datetime import timedelta

from bot.screens.buying.addresses.buttons import ListAddresses
from bot.screens.buying.home.buttons import OpenHelp
from bot.screens.buying.messages.buttons import AskShop
from bot.screens.buying.news.buttons import OpenSwitches
from bot.screens.buying.orders.buttons import ListOrders, OpenOrder
from bot.screens.buying.privacy.buttons import DeleteAccount, OpenPrivacy, TakeData
from bot.screens.parts import order_text, ways
from bot.sending.reply import Key, Screen
from bot.words import Html, Words
from db.models import User
from shop.policy import Policy
from shop.privacy.departing import Obstacles
from shop.privacy.holdings import MOST, Holdings

YEAR = 365  # days


def kept(words: Words, person: User, held: Holdings, policy: Policy) -> Screen:
    """Everything there is, a line each; what there is none of is not spoken of."""
    known = [person.name or words.plain("No name"), f"@{person.username}" if person.username else ""]
    lines = [
        words("your Telegram number, name and language: {known}", known=", ".join(one for one in known if one)),
        _n(words, words.n("{n} address", "{n} addresses", held.addresses), held.addresses),
        _n(
            words,
            words.n(
                "{n} order, with address, note and payment", "{n} orders, with address, note and payment", held.orders
            ),
            held.orders,
        ),
        _n(
            words,
            words.n("{n} message to or from sellers", "{n} messages to and from sellers", held.messages),
            held.messages,
        ),
        _n(words, words.n("{n} review", "{n} reviews", held.reviews), held.reviews),
        _n(words, words.n("{n} product in your cart", "{n} products in your cart", held.in_cart), held.in_cart),
        _n(words, words.n("{n} favourite", "{n} favourites", held.favourites), held.favourites),
        _n(words, words.n("{n} product that you wait for", "{n} products that you wait for", held.waits), held.waits),
        _n(words, words.n("credit at {n} seller", "credit at {n} sellers", held.credits), held.credits),
        _n(words, words.n("{n} form that you began", "{n} forms that you began", held.drafts), held.drafts),
    ]
    parts = [
        words("🔒 <b>Your data</b>") + "\n" + words("This is what the shop keeps about you:"),
        Html("\n").join(Html("• ") + line for line in lines if line),
        words("Sellers see the orders and messages that are for them. The numbers of cards never come here."),
        periods(words, policy),
    ]
    return Screen(
        "\n\n".join(str(part) for part in parts if part),
        (
            (Key(words.plain("📄 Take all of it along"), TakeData()),),
            (
                Key(words.plain("📍 Your addresses"), ListAddresses()),
                Key(words.plain("🔔 News you get"), OpenSwitches()),
            ),
            (Key(words.plain("🗑 Delete my account"), DeleteAccount()),),
            (ways.back(words, OpenHelp()), ways.home(words)),
        ),
    )


def periods(words: Words, policy: Policy) -> Html:
    """How long what is kept."""
    said = []
    if policy.keep_orders:
        said.append(
            words("Address and note of a finished order go after {time}.", time=span(words, policy.keep_orders))
        )
    if policy.keep_messages:
        said.append(words("Messages go after {time}.", time=span(words, policy.keep_messages)))
    return Html(" ").join(said)


def span(words: Words, time: timedelta) -> str:
    """A time of whole days, in years where it is so many; plain."""
    years, rest = divmod(time.days, YEAR)
    return words.plain_n("{n} year", "{n} years", years) if years and not rest else words.length(time)


def caption(words: Words, rows: int) -> str:
    """Under the file."""
    return words.n(
        "📄 Your data: {n} entry, as JSON in a zip. Photos are named by their Telegram ids.",
        "📄 Your data: {n} entries, as JSON in a zip. Photos are named by their Telegram ids.",
        rows,
    )


def too_large(words: Words) -> Screen:
    """More than Telegram takes as a file."""
    said = words("Your data is more than a file in this chat may hold. Ask the shop for it.")
    return Screen(said, ((Key(words.plain("💬 Ask the shop"), AskShop()),), (ways.back(words, OpenPrivacy()),)))


def obstacles(words: Words, found: Obstacles) -> Screen:
    """Why the account cannot be deleted now, and what to do about it."""
    said, rows = [words("🗑 Your account cannot be deleted yet.")], []
    if found.operates:
        said.append(words("You operate this shop: take your Telegram number out of its configuration first."))
    elif found.sells:
        said.append(words("You sell here: ask an operator to dismiss you, so that your products get another seller."))
    elif found.subscribes:
        said.append(words("⭐ You pay for something every month. Cancel it first: /subscriptions"))
    elif found.works_for is not None:
        said.append(words("You work for {seller}: ask to be let go first.", seller=found.works_for))
    if found.orders:
        said.append(
            words(
                "These orders are not done: their sellers need the address, and you the news. "
                "Cancel them or wait until they have arrived and their money is where it belongs."
            )
        )
        rows = [(Key(order_text.own_label(words, order), OpenOrder(order.id)),) for order in found.orders]
        rows.append((Key(words.plain("📦 My orders"), ListOrders()),))
    return Screen("\n\n".join(said), (*rows, (ways.back(words, OpenPrivacy()), ways.home(words))))


def sure(
    words: Words, found: Obstacles, held: Holdings, policy: Policy, *, reviews: bool, again: bool = False
) -> Screen:
    """What would happen; `reviews` would stay, `again`: the key of an older question was tapped."""
    said = [
        words("🗑 <b>Delete your account?</b>"),
        words("Gone at once: your name and number, addresses, messages, cart and favourites."),
    ]
    if held.orders:
        stays = words("Your orders stay without your name: what was sold and paid belongs to the shop’s books.")
        if policy.keep_orders:
            time = span(words, policy.keep_orders)
            stays += " " + words("Their address and note are kept by law for {time} after the order ended.", time=time)
        else:
            stays += " " + words("Their address and note go at once.")
        said += [stays, words("What you bought to download cannot be opened here any more.")]
    if held.credits:
        said.append(words("🎁 Your store credit is lost: spend it before."))
    rows = []
    if held.reviews:
        if reviews:
            said.append(words("★ Your reviews stay, without your name."))
            rows.append((Key(words.plain("★ Delete my reviews, too"), DeleteAccount(reviews=False)),))
        else:
            said.append(words("★ Your reviews go, too."))
            rows.append((Key(words.plain("★ Let my reviews stay"), DeleteAccount(reviews=True)),))
    if found.is_banned:
        said.append(words("You are not served here: your Telegram number stays with that, and nothing else."))
    said.append(words("This cannot be undone. The messages in this chat are yours: clear the chat to be rid of them."))
    yes = Key(words.plain("🗑 Delete my account"), DeleteAccount(reviews, sure=True), style="danger")
    return Screen(
        "\n\n".join(str(part) for part in said),
        ((yes,), *rows, (ways.back(words, OpenPrivacy()),)),
        toast=words.plain("Nothing was done: please look at this once more.") if again else None,
    )


def gone(words: Words) -> Screen:
    """It is done."""
    return Screen(
        words("Your account is deleted. If you come back, you are somebody new to the shop."), ((ways.home(words),),)
    )


def _n(words: Words, line: Html, n: int) -> Html:
    """The line, if there is anything; what is counted no further is said to be more."""
    if not n:
        return Html("")
    return line if n < MOST else words("more than {line}", line=line)
