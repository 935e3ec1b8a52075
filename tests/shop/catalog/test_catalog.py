"""What a customer sees of the catalogue: pages, variants, words in any language, and few queries."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from db.session import Database
from shop.catalog import category_path, get_product, guess, list_categories, list_products, search
from shop.catalog.searching import rarest_first
from shop.refusals import NotForSale, NotFound
from tests.world.clock import START
from tests.world.goods import a_category, a_product, a_product_with_variants
from tests.world.plenty import fill


async def test_pages_lead_forwards_and_backwards(session: AsyncSession) -> None:
    tea = await a_category(session, "Tea")
    ids = [(await a_product(session, f"Tea {number}", category=tea)).id for number in range(7)]

    first = await list_products(session, tea.id, limit=3, now=START)
    second = await list_products(session, tea.id, after_id=first.last_id, limit=3, now=START)
    last = await list_products(session, tea.id, after_id=second.last_id, limit=3, now=START)
    back = await list_products(session, tea.id, before_id=last.first_id, limit=3, now=START)

    assert [item.id for item in first.items] == ids[:3]
    assert (first.has_previous, first.has_next) == (False, True)
    assert [item.id for item in last.items] == ids[6:]
    assert (last.has_previous, last.has_next) == (True, False)
    assert back == second
    assert (await list_products(session, tea.id, before_id=second.first_id, limit=3, now=START)).has_previous is False


async def test_a_page_that_became_empty_shows_the_first(session: AsyncSession) -> None:
    tea = await a_product(session)

    page = await list_products(session, tea.category_id, after_id=tea.id, now=START)

    assert [item.id for item in page.items] == [tea.id]


async def test_what_is_archived_is_not_there(session: AsyncSession) -> None:
    tea = await a_product(session)
    parent, (blue, *_) = await a_product_with_variants(session)
    tea.archived_at = blue.archived_at = START
    await session.flush()

    assert (await list_products(session, tea.category_id, now=START)).items == ()
    assert len((await get_product(session, parent.id, now=START)).variants) == 2
    for gone in (tea, blue):
        with pytest.raises(NotForSale):
            await get_product(session, gone.id, now=START)
    with pytest.raises(NotFound):
        await get_product(session, 4711, now=START)


async def test_a_product_in_variants_has_the_lowest_price_and_all_their_units(session: AsyncSession) -> None:
    parent, variants = await a_product_with_variants(session, stock=3)
    variants[1].price = 1900
    await session.flush()

    (item,) = (await list_products(session, parent.category_id, now=START)).items
    card = await get_product(session, variants[2].id, now=START)

    assert (item.id, item.price, item.from_price, item.available) == (parent.id, 1900, True, 9)
    assert (card.id, card.chosen and card.chosen.label) == (parent.id, "Red / Small")
    assert [(axis.name, axis.values) for axis in card.axes] == [
        ("Colour", ("Blue", "Red")),
        ("Size", ("Small", "Large")),
    ]


@pytest.mark.parametrize("text", ["ЗЕЛЁНЫЙ", "зелёный чай", "Чай*", "100%"])
async def test_search_finds_any_case_of_any_language_and_no_wildcards(session: AsyncSession, text: str) -> None:
    wanted = await a_product(session, "Зелёный чай*, 100%")
    await a_product(session, "Зелень")

    assert [item.id for item in (await search(session, text, now=START)).items] == [wanted.id]


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("T-Shirt of cotton", ["tshirt", "t-shirt", "t shirt", "TSHIRT cotton", "otton"]),
        ("T Shirt", ["tshirt"]),
        ("Coca‑Cola 0.5 l", ["cocacola", "coca cola", "cocaco", "ocaco"]),
        ("O'Neill jacket", ["oneill", "o’neill", "neill"]),
        ("Oneill jacket", ["o'neill"]),
        ("X Box 360", ["xbox", "x-box"]),
        ("Xbox", ["x box"]),
        ("iPhone 15 case", ["iphone15"]),
        ("H&M socks", ["hm"]),
        ("Hollandrad", ["llan", "landra", "Rad"]),
        ("Handgemachte Seifenschale", ["gemachte schale", "fensch"]),
        ("Зелёный чай", ["лены", "еный чай"]),
        ("Ceas de mână", ["mana"]),
    ],
)
async def test_search_finds_words_as_people_write_them(session: AsyncSession, name: str, texts: list[str]) -> None:
    wanted = await a_product(session, name)
    await a_product(session, "Wooden spoon")

    for text in texts:
        found = [item.id for item in (await search(session, text, now=START)).items]
        assert found == ([wanted.id]), text


async def test_pieces_are_asked_for_only_where_no_word_answers(session: AsyncSession) -> None:
    await a_product(session, "Hollandrad")
    island = await a_product(session, "Land of tea")

    assert [item.id for item in (await search(session, "land", now=START)).items] == [island.id]


async def test_a_product_answers_to_the_words_of_its_variants_on_sale(session: AsyncSession) -> None:
    parent, variants = await a_product_with_variants(session)
    await a_product(session, "Lamp")

    for text in ("blue", "red large", f"{parent.name} blue"):
        assert [item.id for item in (await search(session, text, now=START)).items] == [parent.id], text
    for variant in variants:
        if variant.option_label and variant.option_label.startswith("Blue"):
            variant.archived_at = START
    await session.flush()

    assert (await search(session, "blue", now=START)).items == ()
    assert [item.id for item in (await search(session, "red", now=START)).items] == [parent.id]


async def test_a_product_answers_to_the_names_of_its_categories(session: AsyncSession) -> None:
    drinks = await a_category(session, "Getränke")
    tea = await a_category(session, "Tea", inside=drinks)
    sencha = await a_product(session, "Sencha", category=tea)
    mug = await a_product(session, "Mug", category=await a_category(session, "Cups"))

    for text in ("tea", "getranke", "sencha tea"):
        assert [item.id for item in (await search(session, text, now=START)).items] == [sencha.id], text
    mug.category_id, sencha.category_id = tea.id, None
    await session.flush()
    assert [item.id for item in (await search(session, "tea", now=START)).items] == [mug.id]


async def test_pages_of_pieces_go_on_where_the_last_one_ended(session: AsyncSession) -> None:
    ids = [(await a_product(session, f"Hollandrad{letter * 3}")).id for letter in "abcdefgh"]

    first = await search(session, "landra", limit=3, now=START)
    second = await search(session, "landra", after_id=first.last_id, limit=3, now=START)
    back = await search(session, "landra", before_id=second.first_id, limit=3, now=START)

    assert [[item.id for item in page.items] for page in (first, second, back)] == [ids[:3], ids[3:6], ids[:3]]


@pytest.mark.parametrize("text", ["", "  ", "%", "_", "[a-z]", "\\", "'", "a" * 500])
async def test_search_for_odd_things_finds_nothing_and_does_not_break(session: AsyncSession, text: str) -> None:
    await a_product(session, "Green tea")

    assert (await search(session, text, now=START)).items == ()


async def test_the_tree_hides_what_is_empty_and_knows_the_way_up(session: AsyncSession) -> None:
    drinks = await a_category(session, "Drinks")
    tea = await a_category(session, "Tea", inside=drinks)
    await a_category(session, "Empty")
    await a_product(session, category=tea)

    assert [(one.name, one.has_products, one.has_children) for one in await list_categories(session)] == [
        ("Drinks", False, True)
    ]
    assert [(one.name, one.has_products) for one in await list_categories(session, drinks.id)] == [("Tea", True)]
    assert [one.name for one in await category_path(session, tea.id)] == ["Drinks", "Tea"]
    assert len(await list_categories(session, include_empty=True)) == 2
    assert await category_path(session, 4711) == ()


@pytest.mark.one_database
async def test_a_large_catalogue_takes_no_more_queries_than_a_small_one(database: Database) -> None:
    async with database.begin() as session:
        tea = await a_category(session, "Tea")
        for number in range(30):
            await a_product(session, f"Tea {number}", category=tea)
            await a_product_with_variants(session, f"Scarf {number}", category=tea)
    async with database.read() as session:
        with counted(database) as page:
            await list_products(session, tea.id, limit=50, now=START)
        with counted(database) as found:
            await search(session, "scarf", limit=50, now=START)
        with counted(database) as card:
            await get_product(session, 2, now=START)

    for statements, most in ((page, 2), (found, 3), (card, 2)):
        assert sum("SELECT" in statement for statement in statements) <= most


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Every statement that is sent meanwhile."""
    statements: list[str] = []

    def note(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    engine = database.read_engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


async def test_a_typo_is_guessed_and_a_stranger_is_not(session: AsyncSession) -> None:
    scarf = await a_product(session, "Wool scarf")
    await a_product(session, "Desk lamp")
    for said in ("scarv", "wool scrf", "SCAFR", "a warm wool scarf", "[scarf]!"):
        assert [item.id for item in (await guess(session, said, now=START)).items] == [scarf.id], said
    for said in ("bicycle", "%", "_", "", "wo"):
        assert (await guess(session, said, now=START)).items == (), said


async def test_of_two_frequent_words_the_rarer_one_leads(database: Database) -> None:
    """Both have more products than are counted: "product" all of them, "1" and what begins so about half."""
    await fill(database, products=2_000, orders=0, now=START)
    async with database.read() as session:
        assert await rarest_first(session, ("product", "1")) == ("1", "product")
