"""A small shop with a row in every table, full of what gets lost on the way between databases."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, null, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from db.base import Base
from db.models import (
    Address,
    AdminEvent,
    Ban,
    BoughtTogether,
    Cart,
    CartItem,
    Category,
    CustomerNote,
    Departure,
    DeskLink,
    DeskSession,
    DeskTry,
    Dialog,
    Favourite,
    Invitation,
    KeptForm,
    Lease,
    Letterhead,
    Listing,
    Message,
    Notification,
    Order,
    OrderEvent,
    OrderItem,
    OrderNote,
    OrderSight,
    Payment,
    PaymentAttempt,
    PaymentEvent,
    Post,
    Product,
    ProductPhoto,
    PromoCode,
    Promotion,
    PromotionGoods,
    PromotionKind,
    Receipt,
    ReceiptCounter,
    ReceiptKind,
    Redemption,
    Refund,
    Review,
    SavedAnswer,
    SellerHours,
    Setting,
    SignedInBy,
    StaffChat,
    StaffMember,
    StockWatch,
    TelegramUpdate,
    Unit,
    UnitState,
    ViewedProduct,
)
from tests.world.clock import START
from tests.world.everything_paid import credit_and_a_subscription
from tests.world.everything_returned import a_return
from tests.world.everything_told import a_broadcast
from tests.world.goods import a_category, a_product, a_product_with_variants
from tests.world.people import ANN, BOB, OLGA, user

ODD = 'Grüße, 北京茶, 🫖👩🏽‍🍳 and "quotes", it\'s 100 % \\ back\tslash\nnew line, e\u0301 ≠ é, trailing  '
A_MICROSECOND = timedelta(microseconds=1)
FAR = datetime(2199, 12, 31, 23, 59, 59, 999999, tzinfo=START.tzinfo)


async def a_shop_with_everything(session: AsyncSession) -> None:
    """Write it; its rows need not make sense together, they only have to arrive."""
    ann, bob, olga = [await user(session, who) for who in (ANN, BOB, OLGA)]
    bob.name, ann.username, olga.language = ODD[:128], None, None
    younger = await a_category(session, "Ämter")
    older = await a_category(session, "ämter")
    younger.parent_id = older.id  # points at a row that comes later
    tea = await a_product(session, "Tee 茶", category=younger, stock=12, now=START + A_MICROSECOND)
    tea.description, tea.archived_at, tea.rating_sum = ODD, FAR, 2**31 - 1
    tea.price, tea.photo_bot_id = 2**62, 2**52
    for place in (1, 2):
        picture = ProductPhoto(product_id=tea.id, position=place, image_url=ODD, photo_file_id="AgAD")
        picture.photo_bot_id = 2**52
        session.add(picture)
    await a_product_with_variants(session)
    order_id = await _an_order(session, ann.id, olga.id, tea.id)
    await _the_rest(session, ann.id, order_id, tea.id)
    await credit_and_a_subscription(session, ann.id, order_id, tea.id, ODD)


async def _an_order(session: AsyncSession, user_id: int, owner_id: int, product_id: int) -> int:
    common: dict[str, Any] = {"created_at": START, "updated_at": START + A_MICROSECOND}
    written: dict[str, Any] = {"user_id": user_id, "owner_id": owner_id, "kind": "physical", "currency": "EUR"}
    written |= {"subtotal": 900, "total_price": 900, "status": "completed", **common}
    address = {"city": ODD, "line": None, "zero": 0, "float": 0.1, "deep": [{"ä": [True, False, None]}]}
    order = Order(checkout_key="Key", address=address, note=ODD[:512], **written)
    other = Order(checkout_key="key", address=None, expires_at=FAR, **written)  # JSON's null
    third = Order(checkout_key="kéy", address=null(), **written)  # the database's null
    session.add_all([order, other, third])
    await session.flush()
    session.add_all(
        [
            OrderItem(order_id=order.id, product_id=product_id, name=ODD[:300], quantity=2, price=450),
            OrderEvent(order_id=order.id, to_status="pending", actor="system:test", cause=ODD, created_at=START),
            Payment(order_id=order.id, payment_status="completed", amount=900, currency="EUR", **common),
        ]
    )
    attempt = PaymentAttempt(
        order_id=order.id,
        provider="stripe",
        idempotency_key="once",
        amount=900,
        currency="EUR",
        request={"text": ODD, "": [], "big": 2**53 + 1},
        **common,
    )
    session.add(attempt)
    await session.flush()
    refund = Refund(order_id=order.id, attempt_id=attempt.id, amount=1, currency="EUR", reason=ODD, actor="system:test")
    refund.idempotency_key, refund.run_at, refund.created_at, refund.updated_at = "back", FAR, START, START
    session.add(refund)
    return order.id


async def _the_rest(session: AsyncSession, user_id: int, order_id: int, product_id: int) -> None:
    cart = Cart(user_id=user_id, version=3, updated_at=START)
    session.add(cart)
    await session.flush()
    event = {"provider": "stripe", "type": "paid", "payload": {"note": ODD}, "received_at": START, "run_at": START}
    liked = {"told_at": START, "back_at": FAR, "checked_at": START, "created_at": START}
    told = {"user_id": user_id, "kind": "order_card", "data": {"text": ODD}, "run_at": START, "created_at": START}
    said: dict[str, Any] = {"text": ODD, "photo_file_id": "AgAD", "photo_bot_id": 2**52, "created_at": START}
    file: dict[str, Any] = {"content": "guide.pdf", "file_id": "BQAD", "file_kind": "document", "file_bot_id": 2**52}
    file |= {"claimed_at": START, "created_at": START}
    invited: dict[str, Any] = {"actor": "owner:1", "created_at": START, "expires_at": FAR}
    session.add_all(
        [
            CartItem(cart_id=cart.id, product_id=product_id, quantity=1, seen_price=0, seen_currency="EUR"),
            PaymentEvent(event_id="evt_1", **event),
            PaymentEvent(event_id="EVT_1", processed_at=START + A_MICROSECOND, **event),
            Notification(dedupe_key="order:1", sent_at=START + 999_999 * A_MICROSECOND, **told),
            Notification(dedupe_key="Order:1", error=ODD[:255], **told),
            Dialog(user_id=user_id, kind="search", step="ask", data={}, updated_at=START),
            Ban(user_id=user_id, seller_id=0, actor="operator:1", created_at=START),
            KeptForm(user_id=user_id, kind="note", step="kept", data={"note": ODD}, updated_at=START),
            Setting(key="shop.name", value='"Tee 茶"', revision=2**40, changed_by="operator:1", changed_at=START),
            SellerHours(user_id=user_id, digest_hour=23, digest_due=FAR, quiet_from=0),
            Lease(name="tick", owner="me", lease_until=START),
            TelegramUpdate(update_id=2**31, kind="payment", payload={"a": 1, "A": 2}, received_at=START, run_at=START),
            AdminEvent(actor="owner:1", action="edit", subject="product:1", data={"old": None}, created_at=START),
            StaffMember(user_id=user_id, owner_id=user_id, permissions="orders stock", actor="ä", created_at=START),
            Invitation(token_hash="a" * 64, owner_id=user_id, actor="owner:1", created_at=START, expires_at=FAR),
            Invitation(token_hash="A" * 64, owner_id=user_id, permissions="", ended_at=START, used_by=2**52, **invited),
            CustomerNote(owner_id=user_id, user_id=user_id, text=ODD, actor="owner:1", updated_at=START),
            Address(user_id=user_id, place={"city": ODD}, is_default=True, used_at=START, created_at=START),
            Favourite(user_id=user_id, product_id=product_id, seen_price=2**52, is_out=True, **liked),
            Departure(user_id=user_id, keeps_reviews=True, left_at=START, scrubbed_at=FAR),
            SavedAnswer(owner_id=user_id, text=ODD, created_at=START),
            OrderNote(order_id=order_id, owner_id=user_id, text=ODD, actor="ä", created_at=START, updated_at=FAR),
            Listing(
                product_id=product_id,
                category_id=0,
                price=2**52,
                on_sale=True,
                in_stock=False,
                rating=5,
                sold=1,
                turns_at=FAR,
            ),
            BoughtTogether(product_id=product_id, other_id=product_id, times=2**31 - 1),
            ViewedProduct(user_id=user_id, product_id=product_id, viewed_at=START),
            StockWatch(product_id=product_id, user_id=user_id, created_at=START),
            OrderSight(order_id=order_id, user_id=user_id, message_id=2**52, is_photo=False, digest="d" * 32),
            Message(order_id=order_id, customer_id=user_id, seller_id=user_id, author="customer", **said, once="1"),
            Message(product_id=product_id, customer_id=user_id, seller_id=user_id, author="seller", **said, once="ä"),
            DeskLink(user_id=user_id, token_hash="c" * 64, created_at=START, expires_at=FAR, used_at=START),
            DeskSession(
                id=1,
                token_hash="d" * 64,
                user_id=user_id,
                opened_by=SignedInBy.TELEGRAM,
                created_at=START,
                expires_at=FAR,
                ends_at=FAR,
            ),
            DeskTry(bucket=2 * 65_536 - 1, tries=40, since=START + A_MICROSECOND),
            StaffChat(
                id=1,
                chat_id=-1_001_234_567_890,
                type="supergroup",
                title=ODD[:255],
                is_forum=True,
                reader_id=user_id,
                created_by=user_id,
                kinds="orders,money",
                topics={"orders": 2**31},
                created_at=START,
            ),
            Unit(product_id=product_id, content=ODD, fingerprint="f" * 64, state=UnitState.FREE, created_at=START),
            Unit(product_id=product_id, fingerprint="F" * 64, state=UnitState.REVOKED, reason=ODD[:255], **file),
            Review(
                product_id=product_id,
                user_id=user_id,
                order_id=order_id,
                owner_id=user_id,
                rating=5,
                comment=ODD,
                created_at=START,
                updated_at=START,
            ),
        ]
    )
    await session.flush()
    await a_return(session, user_id, order_id, ODD)
    numbered = {"owner_id": user_id, "year": 2199, "number": 2**31 - 1, "kind": ReceiptKind.SALE, "order_id": order_id}
    receipt = Receipt(**numbered, source="order:ä", currency="EUR", total=2**52, tax=1, language="de", issued_at=FAR)
    receipt.content = {"seller": ODD, "lines": [{"name": ODD, "big": 2**53 + 1}]}
    session.add_all([receipt, ReceiptCounter(owner_id=user_id, year=2199, last=2**31 - 1)])
    session.add(Letterhead(owner_id=user_id, address=ODD[:500], vat_id="ä", updated_at=START))
    await _promotions(session, user_id, order_id, product_id)
    await a_broadcast(session, user_id, ODD, FAR)


async def _promotions(session: AsyncSession, user_id: int, order_id: int, product_id: int) -> None:
    promotion = Promotion(
        owner_id=user_id,
        name=ODD[:64],
        kind=PromotionKind.FIXED,
        value=2**52,
        currency="EUR",
        ends_at=FAR,
        total_limit=2**31 - 1,
        used=1,
        created_at=START,
    )
    session.add(promotion)
    await session.flush()
    code = PromoCode(promotion_id=promotion.id, code="ODD", most=1, used=1, created_at=START)
    session.add_all([code, PromotionGoods(promotion_id=promotion.id, product_id=product_id)])
    await session.flush()
    used = {"order_id": order_id, "promotion_id": promotion.id, "code_id": code.id, "user_id": user_id}
    session.add(Redemption(**used, amount=2**52, created_at=START, released_at=FAR))
    seen = {"checked_at": START, "created_at": START}
    session.add(Post(staff_chat_id=1, product_id=product_id, posted_by=user_id, message_id=7, digest="d", **seen))
    await session.flush()


async def a_big_shop(connection: AsyncConnection, *, products: int, orders: int) -> None:
    """Add so many products and orders of two lines each to a shop with everything, quickly."""
    owner_id, category_id = await _first(connection, Product.owner_id), await _first(connection, Category.id)
    user_id = await _first(connection, Order.user_id)
    first_product = int(await connection.scalar(select(func.max(Product.id))) or 0) + 1
    first_order = int(await connection.scalar(select(func.max(Order.id))) or 0) + 1
    day = timedelta(days=1)
    for start in range(0, products, 1000):
        numbers = range(start, min(start + 1000, products))
        rows = [
            {"id": first_product + n, "owner_id": owner_id, "category_id": category_id, "sku": f"BIG-{n}"}
            | {"name": f"Thing {n} 🍵", "description": ODD, "price": n, "currency": "EUR", "kind": "physical"}
            | {"created_at": START - n * A_MICROSECOND, "updated_at": START}
            for n in numbers
        ]
        await connection.execute(insert(Product), rows)
        stock = [{"product_id": row["id"], "quantity_in_stock": 5, "updated_at": START} for row in rows]
        await connection.execute(insert(Base.metadata.tables["inventory"]), stock)
    for start in range(0, orders, 1000):
        numbers = range(start, min(start + 1000, orders))
        written = [
            {"id": first_order + n, "user_id": user_id, "owner_id": owner_id, "status": "completed"}
            | {"kind": "physical", "subtotal": n, "total_price": n, "currency": "EUR", "checkout_key": f"big-{n}"}
            | {"address": {"city": "Köln", "n": n}, "created_at": START - n * day / 1440, "updated_at": START}
            for n in numbers
        ]
        await connection.execute(insert(Order), written)
        lines = [
            {"order_id": first_order + n, "product_id": first_product + (n + more) % products}
            | {"name": f"Thing {n}", "quantity": 1, "price": n}
            for n in numbers
            for more in range(2)
        ]
        await connection.execute(insert(OrderItem), lines)
        moves = [
            {"order_id": first_order + n, "to_status": "pending", "actor": "system:test", "cause": "placed"}
            | {"created_at": START + n * A_MICROSECOND}
            for n in numbers
        ]
        await connection.execute(insert(OrderEvent), moves)


async def _first(connection: AsyncConnection, column: Any) -> int:
    return int(await connection.scalar(select(func.min(column))) or 0)
