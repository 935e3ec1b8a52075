"""The past of the demo: enough to look at, and nothing that the doctor would not believe."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.config.policy import policy
from app.demo.past import Tills
from app.demo.seeding import seed
from app.demo.settings import demo
from db.models import Order, OrderStatus, Review, User
from db.session import Database
from payments.by_hand import ByHand
from shop import doctor, figures
from shop.figures import Span, period_of
from tests.payments.tills import PretendTill, paid

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


@pytest.mark.one_database
async def test_eight_weeks_of_orders_add_up_and_fill_the_figures(tmp_path: Path) -> None:
    config = demo("http://127.0.0.1:1", tmp_path)
    url, rules = config.database.url.reveal(), policy(config)
    tills = {name: PretendTill(name) for name in ("paypal", "crypto")}

    async def agree(method: str, reference: str) -> None:
        till = tills[method]
        till.said[reference] = paid(till.pages[reference.removeprefix("ref-")], provider=method)

    cash = ByHand("cash", "", hold=config.schedule.manual_hold)
    await seed(url, Tills({"cash": cash, **tills}, agree), policy=rules, now=NOW)
    database = Database(url)
    try:
        async with database.read() as session:
            assert await doctor.check(session, now=NOW) == []
            done = await session.scalar(select(func.count()).where(Order.status == OrderStatus.COMPLETED))
            reviews = await session.scalar(select(func.count(Review.id)))
            in_time = select(Order.created_at).order_by(Order.id)
            placed = list(await session.scalars(in_time))
            for name in ("Olga", "Ivan"):
                seller = (await session.scalars(select(User).where(User.name == name))).one()
                month = period_of(Span.MONTH, NOW, rules.timezone)
                found = await figures.report(session, seller, month, zone=rules.timezone, now=NOW)
                morning = await figures.look(session, seller, zone=rules.timezone, now=NOW)
                assert len(found.best) == 6
                assert found.now[0].refunds
                assert min(found.buyers.returning, found.buyers.new) > 3
                assert found.stars.count
                assert found.stock["EUR"] > 0
                assert morning.yesterday
                assert morning.to_do
    finally:
        await database.close()
    assert done is not None
    assert reviews is not None
    assert done > 120
    assert reviews > 30
    assert placed == sorted(placed)
    assert NOW - placed[0] > timedelta(days=50)
