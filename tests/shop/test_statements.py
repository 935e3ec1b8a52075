"""What the everyday use cases ask of the database: a bounded number of statements, however much there is."""

from db.session import Database
from shop import carts, orders, reviews
from tests.shop.buying import place
from tests.world.clock import START
from tests.world.counting import statements
from tests.world.goods import a_product
from tests.world.people import ANN, user


async def test_looking_takes_one_statement_and_an_order_four(database: Database) -> None:
    async with database.begin() as session:
        ann, products = await user(session, ANN), [await a_product(session, f"Tea {n}", stock=50) for n in range(5)]
        for product in products:
            await carts.set_quantity(session, ann, product.id, 2, now=START)
        placed = [await place(session, ann, product) for product in products]
        for product in products:
            await carts.set_quantity(session, ann, product.id, 2, now=START)
    async with database.read() as session:
        with statements(database) as said:
            await carts.look(session, ann, now=START)
        assert len(said) == 1, said
        with statements(database) as said:
            await orders.list_for_customer(session, ann)
        assert len(said) == 1, said
        with statements(database) as said:
            await orders.get_for_customer(session, ann, placed[0].id)
        assert len(said) == 4, said
        with statements(database) as said:
            await reviews.list_reviews(session, products[0].id)
        assert len(said) == 1, said


async def test_a_cart_changes_in_four_statements(database: Database) -> None:
    async with database.begin() as session:
        ann, tea = await user(session, ANN), await a_product(session, stock=50)
        await carts.set_quantity(session, ann, tea.id, 1, now=START)
    with statements(database) as said:
        async with database.begin() as session:
            await carts.set_quantity(session, ann, tea.id, 2, now=START)
    assert len(said) == 4, said


async def test_placing_an_order_costs_little_more_than_its_writes(database: Database) -> None:
    """Cart locked and read, order and event and lines written, stock held and checked, cart emptied."""
    async with database.begin() as session:
        ann, tea = await user(session, ANN), await a_product(session, stock=50)
        await carts.set_quantity(session, ann, tea.id, 1, now=START)
    with statements(database) as said:
        async with database.begin() as session:
            await place(session, ann, tea)
    into_the_cart, summary = 4, 1
    assert len(said) <= into_the_cart + summary + 9, said
