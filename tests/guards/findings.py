"""The guards of what strangers found: each mends one row of docs/findings.md."""

from tests.guards.guard import Guard

_STAFF = "tests/shop/people/test_staff.py::"
_ASIDE = "tests/bot/intake/test_set_aside.py::"
_SHOPIFY = "tests/shop/importing/test_shopify_odd.py::"

FINDINGS = (
    Guard(
        "A price is as long as a price",
        "db/amounts.py",
        "if len(text) > 2 * LONGEST or len(text.strip()) > LONGEST:",
        "if False:",
        "tests/db/test_amounts.py::test_what_is_no_amount_is_refused",
    ),
    Guard(
        "Unpaid orders of a person have an end",
        "shop/checkout/holding.py",
        "        if then > most:",
        "        if False:",
        "tests/shop/checkout/test_holding.py::test_units_and_lines_of_all_unpaid_orders_are_added_up",
    ),
    Guard(
        "A hold is counted from the order",
        "shop/payments/deadline.py",
        "min(_begun(order) + provider.hold, latest(order, policy))",
        "now + provider.hold",
        "tests/payments/test_deadline.py::test_changing_back_and_forth_never_moves_the_deadline_again",
    ),
    Guard(
        "A username has one holder, in any case",
        "shop/people/users.py",
        "where(User.username_folded == fold(username), User.id != user.id)",
        "where(User.username == username, User.id != user.id)",
        "tests/shop/people/test_users.py::test_a_username_is_released_in_whatever_case_its_new_holder_writes_it",
    ),
    Guard(
        "News reach who may read them now",
        "shop/notifications/delivery.py",
        "if not await readers.may_read(db, notification, operators):",
        "if False:",
        _STAFF + "test_news_written_for_who_lost_the_role_meanwhile_go_to_an_operator",
    ),
    Guard(
        "Words are cleaned at the door",
        "shop/forms/writing.py",
        'seen = _UNSEEN.sub("", _LINES.sub("\\n", text))',
        'seen = _LINES.sub("\\n", text)',
        "tests/shop/forms/test_writing.py::test_what_cannot_be_seen_or_turns_text_round_is_dropped",
    ),
    Guard(
        "Files are their owner's",
        "app/cli/__init__.py",
        "os.umask(0o077)",
        "os.umask(0o022)",
        "tests/app/test_cli.py::test_files_of_the_shop_can_be_read_by_nobody_else",
    ),
    Guard(
        "A body has a deadline",
        "web/body.py",
        "asyncio.timeout(patience)",
        "asyncio.timeout(None)",
        "tests/app/test_connections.py::test_a_body_that_never_ends_is_answered_and_its_connection_closed",
    ),
    Guard(
        "A secret of Telegram is long",
        "app/config/services.py",
        "SECRET_LENGTH = 32",
        "SECRET_LENGTH = 1",
        "tests/app/test_config_mistakes.py::test_a_mistake_names_its_setting_and_what_to_write",
    ),
    Guard(
        "What would run in a spreadsheet is quoted",
        "shop/importing/quoting.py",
        'FORMULAS = "=+-@＝＋－＠"',
        'FORMULAS = "=+-@"',
        "tests/shop/importing/test_quoting.py::test_what_would_run_gets_an_apostrophe_and_comes_back",
    ),
    Guard(
        "Nobody rates what they sell",
        "shop/reviews/rating.py",
        "    if owner_id == user.id:",
        "    if False:",
        "tests/shop/reviews/test_reviews.py::test_nobody_rates_what_they_sell",
    ),
    Guard(
        "A note of Stars that went back is read by its chat",
        "bot/intake/reading.py",
        '    if inner.get("refunded_payment"):',
        "    if False:",
        _ASIDE + "test_stars_that_went_back_are_the_customers_news_though_the_bot_says_it",
    ),
    Guard(
        "A prevented dispute is over",
        "payments/stripe_reading.py",
        '    "prevented": EventKind.DISPUTE_WON,',
        '    "prevented": EventKind.DISPUTED,',
        "tests/payments/test_dispute_statuses.py::test_each_status_is_open_or_an_end",
    ),
    Guard(
        "A gift of the bot is no refund",
        "payments/stars.py",
        'given = receiver and (receiver.get("transaction_type", SALE) != SALE or "gift" in receiver)',
        "given = False",
        "tests/payments/test_stars_reconciled.py::test_what_the_bot_gives_to_people_is_no_refund",
    ),
    Guard(
        "Whatever opens another screen ends what was asked",
        "bot/routing/questions.py",
        "            await self.leave(visit, form)\n        return None\n",
        "            pass\n        return None\n",
        "tests/stories/test_leaving.py::test_what_was_asked_ends_in_every_way_that_leads_elsewhere",
    ),
    Guard(
        "A keyboard has an end",
        "bot/sending/markup.py",
        "if sum(map(len, rows)) <= MOST_KEYS and len(markup.encode()) <= MOST_BYTES:",
        "if rows:",
        "tests/bot/routing/test_bounds.py::test_a_keyboard_that_telegram_would_refuse_is_cut_above_its_last_row",
    ),
    Guard(
        "People's words stay on their line",
        "bot/words/wording.py",
        "values = {name: _on_one_line(value) for name, value in values.items()}",
        "values = dict(values)",
        "tests/bot/test_quotes.py::test_no_line_of_theirs_passes_for_one_of_ours",
    ),
    Guard(
        "A customer writes so much and no more",
        "shop/messages/writing.py",
        "if waiting >= policy.messages_unanswered:",
        "if False:",
        "tests/stories/test_messages.py::test_who_has_written_enough_waits_and_loses_nothing",
    ),
    Guard(
        "What failed waits behind what was never tried",
        "bot/intake/inbox.py",
        '{"update": update_id, "again": tries.next_try(tried, now=now)}',
        '{"update": update_id, "again": now}',
        _ASIDE + "test_between_two_tries_nobody_is_asked",
    ),
    Guard(
        "What is off sale there is off sale here",
        "shop/importing/shopify.py",
        "hidden = status not in ON_SALE or bool(unpublished)",
        "hidden = False",
        _SHOPIFY + "test_what_is_not_on_sale_there_is_not_on_sale_here",
    ),
    Guard(
        "A sheet has so many columns",
        "shop/importing/reading.py",
        "if len(first[1]) > MOST_COLUMNS:",
        "if False:",
        "tests/shop/importing/test_spreadsheets.py::test_sixty_thousand_columns_are_refused_in_a_sentence",
    ),
)
