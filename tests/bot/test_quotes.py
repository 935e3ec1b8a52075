"""Whatever people wrote, however many lines it has: outside a quote no line of theirs passes for one of the shop's."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from bot.screens.buying.checkout import confirm_views
from bot.screens.buying.messages import views as messages
from bot.screens.buying.notices import views as notifications
from bot.screens.buying.orders.views import sure_to_ask
from bot.screens.buying.reviews import views as reviews
from bot.screens.buying.reviews.buttons import OpenReview, OpenReviews
from bot.screens.parts.order_screen import order_screen
from bot.screens.selling.orders import sure_views
from bot.screens.selling.orders import views as selling
from bot.sending.reply import Screen
from bot.words import words_for
from db.models import (
    Author,
    Message,
    Order,
    OrderEvent,
    OrderItem,
    OrderStatus,
    Payment,
    PaymentStatus,
    ProductKind,
    Review,
    User,
)
from shop.messages import Told
from shop.messages.threads import Thread
from shop.reviews import Reviewable
from tests.world.clock import START

OURS = "✅ PAID by card"
BREAKS = st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\v", "</blockquote>\n", "</b>\n"])
WRITTEN = st.builds(lambda before, after: f"Ann{before}{OURS}{after}Lindenallee 7", BREAKS, BREAKS)
LANGUAGES = st.sampled_from(["en", "de", "ru"])
OPEN = OpenReviews(1)


def an_order(written: str, status: OrderStatus) -> Order:
    """An order in which everything that people can write says the same, as rows of older versions may too."""
    person = User(id=1, telegram_id=1001, name=written, username=None)
    order = Order(
        id=1042,
        user_id=1,
        owner_id=2,
        status=status,
        kind=ProductKind.PHYSICAL,
        discount=0,
        shipping=490,
        tax=0,
        total_price=940,
        currency="EUR",
        payment_method="transfer",
        shipping_option="post",
        shipping_title=written,
        address={"name": written, "street_line1": written, "city": written, "country_code": "DE"},
        note=written,
        tracking=written,
        cancel_reason=written,
        created_at=START,
        updated_at=START,
    )
    order.user, order.owner = person, User(id=2, telegram_id=1002, name=written, username=None)
    order.items = [OrderItem(id=1, name=written, quantity=1, price=450)]
    order.events = [OrderEvent(from_status=None, to_status="pending", cause="placed", created_at=START)]
    order.payment = Payment(payment_status=PaymentStatus.PENDING, amount=940, refunded_amount=0, currency="EUR")
    order.messages = [a_message(written)]
    return order


def a_message(written: str) -> Message:
    """What the customer wrote."""
    return Message(id=7, author=Author.CUSTOMER, text=written, created_at=START)


def screens(written: str, language: str, status: OrderStatus) -> list[Screen]:
    """Everything that shows what people wrote about an order."""
    words, order = words_for(language), an_order(written, status)
    thread = Thread(order.user, order.owner, order)
    asked = Thread(order.user, order.owner, None, 1, written)
    told = Told(a_message(written), written, written, written)
    product = Reviewable(1, written, 5, written)
    review = Review(id=1, rating=5, comment=written, owner_reply=written, created_at=START)
    review.user = order.user
    return [
        order_screen(words, order, now=START, card=True, instructions="IBAN", several=False),
        sure_to_ask(words, order, card=False),
        selling.sale(words, order),
        selling.ask_word(words, order),
        sure_views.ask_reason(words, order, written),
        confirm_views.confirm(words, order, "transfer", several=False),
        notifications.shipped(words, order, START),
        notifications.cancelled(words, order),
        notifications.cancel_wanted(words, order),
        notifications.cancel_declined(words, order, written),
        notifications.withdrawn(words, order),
        messages.ask(words, thread),
        messages.ask(words, asked),
        messages.sent(words, thread),
        messages.news(words, written, written, (), order_id=1042),
        messages.news(words, written, written, (), product=written),
        messages.thread(
            words, thread, [told], customers=False, first=None, earlier=None, one=lambda _number: OPEN, keys=()
        ),
        messages.message(words, told, 0, customers=False, bot_id=1, following=OPEN, back=OPEN),
        reviews.rating(words, 1042, product, alone=True),
        reviews.ask_comment(words, 1042, product),
        reviews.page(words, written, [review], OpenReviews(1), following=None, may_hide=False, bot_id=1),
        reviews.review(words, review, OpenReview(1, 1), bot_id=1),
    ]


def lines_outside_quotes(html: str) -> set[str]:
    """The lines as a person sees them, without what stands in a quote."""
    shown = unescape(re.sub(r"<[^>]+>", "", re.sub(r"<blockquote>.*?</blockquote>", "", html, flags=re.DOTALL)))
    return {line.strip() for line in shown.splitlines()}


@given(WRITTEN, LANGUAGES, st.sampled_from(list(OrderStatus)))
def test_no_line_of_theirs_passes_for_one_of_ours(written: str, language: str, status: OrderStatus) -> None:
    for screen in screens(written, language, status):
        assert OURS not in lines_outside_quotes(screen.text), screen.text


def test_what_they_wrote_is_shown_with_its_lines_in_a_quote() -> None:
    words, order = words_for("en"), an_order("Second floor\nRing twice", OrderStatus.PENDING)
    for screen in (
        order_screen(words, order, now=START, card=True, instructions="", several=False),
        selling.sale(words, order),
        confirm_views.confirm(words, order, "transfer", several=False),
    ):
        quotes = re.findall(r"<blockquote>(.*?)</blockquote>", screen.text, flags=re.DOTALL)
        assert any("Germany" in quote for quote in quotes)
        assert "Second floor\nRing twice" in quotes
