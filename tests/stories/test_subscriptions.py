"""A club that is paid every month: begun, renewed, cancelled, taken back, given back, ended; never charged in vain."""

import pytest
from sqlalchemy import func, select

from db.models import (
    Inventory,
    Notification,
    Order,
    OrderStatus,
    Payment,
    PaymentAttempt,
    ProductKind,
    Receipt,
    Subscription,
    SubscriptionPeriod,
)
from shop.payments.reconcile import reconcile
from simulator.acts.refusals import CannotDo
from simulator.acts.sheets import Sheet
from tests.world.goods import a_category, a_product
from tests.world.guests import Guest
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database


async def open_the_club(shop: OpenShop, *, price: int = 250, stock: int = 5) -> int:
    """Olga sells the tea club by the month; its id."""
    async with shop.db.begin() as session:
        shelf = await a_category(session, "Clubs")
        club = await a_product(
            session,
            "Tea club",
            price=price,
            stock=stock,
            currency="XTR",
            kind=ProductKind.DIGITAL,
            content="The secret blend",
            category=shelf,
        )
    for who in (shop.ann, shop.bob):
        shop.simulator.person(who.id).stars = 1000
    await shop.olga.says("/start")
    await shop.olga.says("/products")
    await shop.olga.taps("Tea club", "By the month")
    assert shop.olga.sees("Paid every 30 days")
    return club.id


async def to_the_link(shop: OpenShop, guest: Guest) -> str:
    """The page of the club, the agreement, and the link."""
    await guest.says("/start")
    await guest.taps("Catalogue", "Clubs", "Tea club")
    assert "⭐\xa0250 a month" in guest.text
    await guest.taps("Subscribe")
    assert "again every 30 days until you cancel" in guest.text
    await guest.taps("Continue")
    return next(str(key["url"]) for row in guest.screen.keyboard or () for key in row if "url" in key)


async def subscribes(shop: OpenShop, guest: Guest) -> Sheet:
    """From the shelf to the first month."""
    link = await to_the_link(shop, guest)
    sheet = await shop.simulator.pay(guest.id, link=link)
    await shop.settle()
    await shop.tick()
    return sheet


async def months(shop: OpenShop) -> list[tuple[str | None, str, int, int]]:
    """Every order: which month it is, how it stands, what was paid and what went back."""
    async with shop.db.read() as session:
        query = select(Order.month, Order.status, Payment.amount, Payment.refunded_amount)
        rows = await session.execute(query.join(Payment, Payment.order_id == Order.id).order_by(Order.id))
        return [(row[0], row[1].value, row[2], row[3]) for row in rows]


async def standing(shop: OpenShop) -> list[tuple[str, str | None]]:
    """Every subscription: how it stands, and why."""
    async with shop.db.read() as session:
        rows = await session.execute(select(Subscription.state, Subscription.stopped_by).order_by(Subscription.id))
        return [(row[0].value, row[1]) for row in rows]


async def test_a_year_in_the_club_is_told_and_booked_month_by_month(shop: OpenShop) -> None:
    """Guards: a charge is one month however often it is told; each month is an order with its receipt."""
    club = await open_the_club(shop)
    assert (await subscribes(shop, shop.ann)).state == "paid"
    assert shop.ann.sees("The secret blend")
    assert shop.ann.sees("Access until Apr 1, 2026")
    await shop.keeps_its_promises()
    await shop.ann.says("/start")
    await shop.ann.taps("Catalogue", "Clubs", "Tea club")
    assert "Yours until" in shop.ann.text
    assert "Subscribe" not in shop.ann.keyboard

    await shop.passes(days=30)
    assert shop.ann.sees("⭐\xa0250 paid, yours until")
    told = next(call for call in shop.simulator.calls("sendMessage") if "🔁" in str(call.parameters["text"]))
    assert told.parameters["disable_notification"] in {True, "true"}
    shop.simulator.redeliver()
    await shop.settle()
    async with shop.db.begin() as session:
        news = await session.scalar(select(func.count()).where(Notification.kind == "new_order"))
    assert news == 1  # Olga hears of who comes, not of every month
    await shop.passes(days=30)
    assert await months(shop) == [
        ("first", "completed", 250, 0),
        ("renewed", "completed", 250, 0),
        ("renewed", "completed", 250, 0),
    ]
    async with shop.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Receipt)) == 3
        assert await session.scalar(select(func.count()).select_from(SubscriptionPeriod)) == 3
    await shop.keeps_its_promises()

    await shop.olga.says("/subscribers")
    assert "1 go on" in shop.olga.text
    await shop.olga.says("/sales")
    assert "⭐\xa0250 after refunds" in shop.olga.text  # of the last seven days

    await cancels_and_takes_it_back(shop)
    await ends(shop, club)
    await shop.keeps_its_promises()
    assert shop.simulator.person(shop.ann.id).stars == 250


async def cancels_and_takes_it_back(shop: OpenShop) -> None:
    """Here, where the bot tells Telegram; it goes on when both say so."""
    await shop.ann.says("/subscriptions")
    await shop.ann.taps("Tea club", "✕ Cancel")
    assert "Nothing is charged any more. It stays yours until" in shop.ann.text
    await shop.ann.taps("Cancel it")
    assert "You cancelled it." in shop.ann.text
    (there,) = shop.simulator.subscriptions(shop.ann.id)
    assert (there.canceled, there.by_bot) == (True, True)
    await shop.ann.taps("Let it go on")
    assert "tap Renew" in shop.ann.text
    assert (there.canceled, there.by_bot) == (True, False)
    shop.simulator.restore_subscription(shop.ann.id, there.charge_id)
    await shop.settle()
    assert await standing(shop) == [("active", None)]


async def ends(shop: OpenShop, club: int) -> None:
    """Cancelled in Telegram; told before the end and at it, and begun anew."""
    (there,) = shop.simulator.subscriptions(shop.ann.id)
    shop.simulator.cancel_subscription(shop.ann.id, there.charge_id)
    await shop.settle()
    assert await standing(shop) == [("cancelled", "telegram")]
    await shop.passes(days=27, hours=1)
    assert shop.ann.sees("Tea club is yours until")
    await shop.passes(days=3)
    assert shop.ann.sees("Access to Tea club ended")
    assert await standing(shop) == [("ended", "telegram")]
    await shop.ann.says("/orders")
    await shop.ann.taps("🎉 3")
    assert "Access ended" in shop.ann.text
    assert "Download again" not in shop.ann.keyboard
    async with shop.db.read() as session:
        assert await session.scalar(select(Inventory.quantity_in_stock).where(Inventory.product_id == club)) == 5
    await shop.ann.says("/subscriptions")
    await shop.ann.taps("Tea club", "Subscribe again", "Subscribe", "Continue")


async def test_who_has_too_few_stars_is_told_and_the_club_ends(shop: OpenShop) -> None:
    await open_the_club(shop)
    await subscribes(shop, shop.ann)
    shop.simulator.person(shop.ann.id).stars = 10
    await shop.passes(days=30)
    assert await standing(shop) == [("ended", "unpaid")]
    assert shop.ann.sees("Telegram found too few Stars")
    await shop.keeps_its_promises()


async def test_nobody_pays_for_the_same_club_twice(shop: OpenShop) -> None:
    """Guard: the gate asks whether they have it."""
    await open_the_club(shop)
    first, second = await to_the_link(shop, shop.ann), await to_the_link(shop, shop.ann)
    assert first != second
    assert (await shop.simulator.pay(shop.ann.id, link=first)).state == "paid"
    await shop.settle()
    refused = await shop.simulator.pay(shop.ann.id, link=second)
    assert (refused.state, "already" in refused.error) == ("refused", True)
    with pytest.raises(CannotDo):
        await shop.simulator.pay(shop.ann.id, link=first)
    stranger = await shop.simulator.pay(shop.bob.id, link=first)
    assert stranger.state == "refused"
    await shop.settle()
    await shop.ann.says("/start")
    await shop.ann.taps("Catalogue", "Clubs", "Tea club")
    assert not shop.ann.sees("Add to cart")
    await shop.keeps_its_promises()


async def test_a_month_that_nobody_told_us_of_is_found_and_a_month_is_given_back(shop: OpenShop) -> None:
    """Guards: the reconciler reads months from Telegram's list; a refund of the running month ends the access."""
    await open_the_club(shop)
    await subscribes(shop, shop.ann)
    shop.clock.pass_by(days=30)
    shop.simulator.world.bot(shop.simulator.chat(shop.ann.id).bot.token).updates.allow(["callback_query"])
    assert shop.simulator.renew() == 1  # the update is lost
    shop.simulator.world.bot(shop.simulator.chat(shop.ann.id).bot.token).updates.allow([])
    assert len(await months(shop)) == 1
    await shop.tick()
    assert await months(shop) == [("first", "completed", 250, 0), ("renewed", "completed", 250, 0)]
    again = await reconcile(shop.db, shop.front.providers, shop.clock, shop.front.policy)
    assert again == []

    await shop.olga.says("/refund 2")
    await shop.olga.taps("💸 Give")
    await shop.tick()
    assert await months(shop) == [("first", "completed", 250, 0), ("renewed", "completed", 250, 250)]
    assert await standing(shop) == [("ended", "refunded")]
    assert shop.ann.sees("Access to Tea club ended")
    assert shop.simulator.person(shop.ann.id).stars == 750
    (there,) = shop.simulator.subscriptions(shop.ann.id)
    assert there.by_bot
    await shop.keeps_its_promises()


async def test_what_is_sold_no_more_is_charged_no_more(shop: OpenShop) -> None:
    """Guards: archiving stops every subscription; a month that is charged all the same goes back."""
    await open_the_club(shop)
    await subscribes(shop, shop.ann)
    await subscribes(shop, shop.bob)
    shop.simulator.fail("editUserStarSubscription", "500", times=2)
    await shop.olga.says("/products")
    await shop.olga.taps("Tea club", "Take off sale")
    await shop.tick()
    assert await standing(shop) == [("cancelled", "shop"), ("cancelled", "shop")]
    await shop.passes(days=30)  # Telegram did not hear of it in time
    charged = [one for one in await months(shop) if one[0] == "renewed"]
    assert charged == [("renewed", "cancelled", 250, 250)] * len(charged)
    await shop.passes(hours=2)
    assert all(one.by_bot or one.over for one in shop.simulator.subscriptions(shop.ann.id))
    assert {state for state, _ in await standing(shop)} == {"ended"}
    assert shop.simulator.person(shop.ann.id).stars == 750
    await shop.keeps_its_promises()


async def test_who_is_banned_is_charged_no_more(shop: OpenShop) -> None:
    await open_the_club(shop)
    await subscribes(shop, shop.ann)
    await shop.olga.says(f"/ban {shop.ann.id}")
    await shop.olga.taps("no more orders")
    await shop.tick()
    assert await standing(shop) == [("cancelled", "shop")]
    (there,) = shop.simulator.subscriptions(shop.ann.id)
    assert there.by_bot
    assert shop.ann.sees("is not continued")
    await shop.passes(days=31)
    assert await standing(shop) == [("ended", "shop")]
    async with shop.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(PaymentAttempt)) == 1
        assert list(await session.scalars(select(Order.status))) == [OrderStatus.COMPLETED]
    await shop.keeps_its_promises()
