"""WooCommerce's export in other languages, lists of systems that are not read, and numbers that Excel spoilt."""

import pytest

from db.session import Database
from tests.world.imports import bring, bring_twice, kept

pytestmark = pytest.mark.one_database

FRENCH = """ID,Type,UGS,Nom,Publié,Mis en avant ?,Visibilité dans le catalogue,Description courte,Description,\
En stock ?,Stock,Montant de stock faible,Tarif promo,Tarif régulier,Catégories,Images,Parent,Nom de l’attribut 1,\
Valeur(s) de l’attribut 1
7,variable,PULL,Pull,1,0,visible,,Chaud,1,,,,,Laine,https://p.example/p.jpg,,Taille,"S, M"
8,variation,PULL-S,Pull - S,1,0,visible,,,1,3,,,"39,90",,,PULL,Taille,S
9,variation,PULL-M,Pull - M,1,0,visible,,,1,2,,,"39,90",,,PULL,Taille,M
"""
SPANISH = """ID,Tipo,SKU,Nombre,Publicado,¿Está destacado?,Visibilidad en el catálogo,Descripción corta,Descripción,\
¿Existencias?,Inventario,Precio rebajado,Precio normal,Categorías,Imágenes
7,simple,TE,Té,1,0,visible,,Verde,1,12,"3,50","4,50",Tés,https://p.example/t.jpg
"""
RUSSIAN = """ID,Тип,Артикул,Имя,Опубликован,Рекомендуемый?,Видимость в каталоге,Краткое описание,Описание,Наличие,\
Запасы,Акционная цена,Базовая цена,Категории,Изображения
7,simple,CHAY,Чай,1,0,visible,,Зелёный,1,12,,"450,00",Чаи,https://p.example/t.jpg
8,simple,SEKRET,Секрет,0,0,visible,,,1,1,,10,Чаи,
"""


async def test_a_french_export_comes_in_with_its_variations(database: Database) -> None:
    report = await bring_twice(database, FRENCH)

    goods = await kept(database)
    assert report.recognised == "WooCommerce's export"
    assert [(one.sku, one.label, one.price, one.stock) for one in goods] == [
        ("PULL", None, 3990, None),
        ("PULL-S", "S", 3990, 3),
        ("PULL-M", "M", 3990, 2),
    ]
    assert (goods[0].category, goods[0].description, goods[0].picture) == ("Laine", "Chaud", "https://p.example/p.jpg")


async def test_a_spanish_export_comes_in_whole(database: Database) -> None:
    report = await bring_twice(database, SPANISH)

    (tea,) = await kept(database)
    assert report.recognised == "WooCommerce's export"
    assert (tea.name, tea.price, tea.stock, tea.category) == ("Té", 450, 12, "Tés")


async def test_a_russian_export_keeps_hidden_what_is_not_published(database: Database) -> None:
    await bring_twice(database, RUSSIAN)

    tea, secret = await kept(database)
    assert (tea.name, tea.price, tea.stock, tea.on_sale) == ("Чай", 45000, 12, True)
    assert (secret.name, secret.draft) == ("Секрет", True)


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ("TITLE,DESCRIPTION,PRICE,CURRENCY_CODE,QUANTITY,TAGS,IMAGE1,SKU", "the product list of Etsy"),
        ("Token,Item Name,Variation Name,SKU,Price,Current Quantity Main St", "the product list of Square"),
        ("type,product_internal_id,product_sku,product_name,product_price", "the product list of Ecwid"),
        ("Product ID,Product Name,Product Code/SKU,Price,Current Stock Level", "the product list of BigCommerce"),
        ("sku,store_view_code,attribute_set_code,product_type,name,price,qty", "the product list of Magento"),
        ("Product ID,Active (0/1),Name *,Price tax excluded,Quantity", "the product list of PrestaShop"),
    ],
)
async def test_the_list_of_another_system_is_named_with_what_to_do(database: Database, columns: str, says: str) -> None:
    report = await bring(database, f"{columns}\n{','.join('1' for _ in columns.split(','))}\n")

    (problem,) = report.problems
    assert says in problem.message
    assert "rename its columns (" in problem.message
    assert not report.applied


async def test_numbers_that_a_spreadsheet_spoilt_are_named_once(database: Database) -> None:
    report = await bring(database, "name,sku,price,quantity\nMug,8.50E+11,12,3\nCup,1.23E+12,9,3\nTin,E-11,9,3\n")

    (note,) = [note for note in report.notes if "spreadsheet" in note.message]
    assert (note.count, note.lines) == (2, [2, 3])
    assert report.applied
