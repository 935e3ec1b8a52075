"""The guards of other people's files: each mends one row of docs/findings.md."""

from tests.guards.guard import Guard

FILES = (
    Guard(
        "Cells of a table stay apart",
        "shop/importing/html_text.py",
        '            self._between = TERM if tag == "/th" else CELL',
        "            pass",
        "tests/shop/importing/test_html_text.py::test_words_stay_apart_and_lines_stay_lines",
    ),
    Guard(
        "Words are found as one",
        "db/terms.py",
        "words = [*words_of(name), *_written_as_one(name)]",
        "words = [*words_of(name)]",
        "tests/shop/catalog/test_catalog.py::test_search_finds_words_as_people_write_them",
    ),
    Guard(
        "What costs nothing is set aside",
        "shop/importing/cells.py",
        "        elif price == 0:",
        "        elif False:",
        "tests/shop/importing/test_shopify_odd.py::test_goods_at_zero_are_set_aside_and_their_variants_too",
    ),
    Guard(
        "A quantity that may be a thousand is set aside",
        "shop/importing/cells.py",
        "        if number is not None and not by_machine and re.fullmatch",
        "        if False and re.fullmatch",
        "tests/shop/importing/test_decimals.py::test_a_quantity_that_could_mean_thousands_is_set_aside",
    ),
    Guard(
        "What WooCommerce hides is not on sale",
        "shop/importing/woocommerce.py",
        'hidden = self._unpublished(row) or row.get("visibility").lower() in {"hidden", "invisible", "versteckt"}',
        "hidden = False",
        "tests/shop/importing/test_woocommerce.py::test_what_is_hidden_there_is_not_on_sale",
    ),
    Guard(
        "What a sheet hides is not on sale",
        "shop/importing/own_columns.py",
        '"published": "visible, active,',
        '"published": "active,',
        "tests/shop/importing/test_spreadsheets.py::test_what_is_hidden_is_hidden",
    ),
    Guard(
        "Shared SKUs become unique",
        "shop/importing/skus.py",
        "    for one in _alike([one for one in every if one.given]):",
        "    for one in ():",
        "tests/shop/importing/test_shopify_odd.py::test_shared_skus_are_made_unique_whatever_the_order_and_said_once",
    ),
    Guard(
        "A row that repeats another brings a picture",
        "shop/importing/shopify.py",
        '            if row.get("image") and said in known:\n                continue\n',
        "",
        "tests/shop/importing/test_shopify_odd.py::test_rows_that_repeat_the_title_or_everything_only_bring_pictures",
    ),
    Guard(
        "A product has as many variants as Shopify’s",
        "shop/importing/goods.py",
        "MOST_VARIANTS = 2048",
        "MOST_VARIANTS = 100",
        ""
        "tests/shop/importing/test_shopify_odd.py::test_two_thousand_and_forty_eight_variants_come_in_and_the_next_is_set_aside",
    ),
    Guard(
        "A quantity has many names",
        "shop/importing/own_columns.py",
        '"quantity": "qty, stock, stock quantity,',
        '"quantity": "stock quantity,',
        "tests/shop/importing/test_spreadsheets.py::test_quantities_by_the_names_that_people_give_them",
    ),
    Guard(
        "Wix’s stock is read",
        "shop/importing/wix.py",
        '"stock": ("inventory",),',
        '"stock": ("quantity",),',
        "tests/shop/importing/test_wix.py::test_a_product_without_options_comes_in_whole",
    ),
    Guard(
        "A sheet may name its delimiter",
        "shop/importing/reading.py",
        "        if named is not None and not delimiter:",
        "        if False:",
        "tests/shop/importing/test_spreadsheets.py::test_it_is_read",
    ),
    Guard(
        "A configuration may have a mark",
        "app/config/sources.py",
        'encoding = next((name for mark, name in MARKS if written.startswith(mark)), "utf-8")',
        'encoding = "utf-8"',
        "tests/app/test_config_values.py::test_a_file_is_read_as_editors_write_it",
    ),
    Guard(
        "Very many values take pages",
        "bot/screens/buying/catalogue/variant_views.py",
        "ALL_AT_ONCE = 30",
        "ALL_AT_ONCE = 30_000",
        "tests/bot/screens/buying/test_browsing.py::test_every_one_of_many_variants_can_be_reached_and_bought",
    ),
    Guard(
        "A price that moved is looked at again",
        "shop/checkout/placing.py",
        "        _check_prices(group)\n",
        "",
        ""
        "tests/payments/test_cards_in_chat.py::test_a_price_that_moves_on_the_review_is_drawn_again_and_the_next_tap_goes_on",
    ),
)
