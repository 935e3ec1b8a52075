"""The guards of judges of both protocols: each mends one row of docs/findings.md."""

from tests.guards.guard import Guard

JUDGES = (
    Guard(
        "An event that trips us stops no other",
        "shop/payments/inbox.py",
        '        if is_away(error):\n            raise\n        log.exception("event_not_settled"',
        '        raise\n        log.exception("event_not_settled"',
        "tests/payments/test_poisoned.py::test_events_that_cannot_be_read_hide_no_payment_and_are_set_aside",
    ),
    Guard(
        "An event that failed waits",
        "shop/payments/inbox.py",
        "row.values(run_at=tries.next_try(tried, now=now))",
        "row.values(run_at=now)",
        "tests/payments/test_poisoned.py::test_events_that_cannot_be_read_hide_no_payment_and_are_set_aside",
    ),
    Guard(
        "An event that always fails is set aside",
        "shop/payments/inbox.py",
        "if not (hopeless and tries.are_enough(tried)):",
        "if True:",
        "tests/payments/test_poisoned.py::test_events_that_cannot_be_read_hide_no_payment_and_are_set_aside",
    ),
    Guard(
        "A refund that failed waits",
        "shop/payments/refunds.py",
        "await changed(session, mine.values(run_at=now + wait, failure",
        "await changed(session, mine.values(run_at=now, failure",
        "tests/payments/test_poisoned.py::test_a_refund_that_trips_us_holds_up_no_other_and_is_named",
    ),
    Guard(
        "An order that trips us keeps no other",
        "shop/upkeep/expiry.py",
        "                if is_away(error):\n                    raise\n",
        "                raise\n",
        "tests/payments/test_poisoned.py::test_an_order_that_trips_us_keeps_no_other_from_expiring",
    ),
    Guard(
        "Our mistake gives up its place in the line",
        "shop/notifications/delivery.py",
        '        or_(older.error.is_(None), older.error.not_like(f"{STUMBLED}%")),\n',
        "",
        ""
        "tests/shop/notifications/test_notifications.py::test_a_message_that_cannot_be_worded_holds_up_none_of_the_same_person",
    ),
    Guard(
        "A status of tomorrow is an open dispute",
        "payments/stripe_reading.py",
        'DISPUTE_ENDS.get(str(dispute["status"]), EventKind.DISPUTED)',
        'DISPUTE_ENDS.get(str(dispute["status"]), EventKind.DISPUTE_LOST)',
        "tests/payments/test_dispute_statuses.py::test_a_status_that_nobody_knows_yet_is_an_open_dispute",
    ),
    Guard(
        "A transaction that nobody can read is left out",
        "payments/stars.py",
        "    except (KeyError, TypeError, ValueError, AttributeError) as error:",
        "    except AssertionError as error:",
        "tests/payments/test_stars_reconciled.py::test_a_transaction_that_nobody_can_read_hides_no_payment",
    ),
    Guard(
        "What was forwarded is never edited",
        "simulator/telegram/methods/edit.py",
        "message.fixed or forwarded:",
        "message.fixed:",
        "tests/simulator/test_telegram_new_fields.py::test_what_was_forwarded_is_never_edited",
    ),
    Guard(
        "A reply keyboard is never edited",
        "simulator/telegram/methods/edit.py",
        "message.fixed or forwarded:",
        "forwarded:",
        "tests/simulator/test_telegram_new_fields.py::test_what_was_sent_with_a_reply_keyboard_is_never_edited",
    ),
    Guard(
        "A text to copy has a length",
        "simulator/telegram/keyboards.py",
        "        if not 1 <= len(text) <= MAX_COPY:",
        "        if False:",
        "tests/simulator/test_telegram_refusals.py::test_a_text_is_refused_with_telegrams_words",
    ),
    Guard(
        "A Web App has a safe address",
        "simulator/telegram/keyboards.py",
        "        if not is_app_url(url):",
        "        if False:",
        "tests/simulator/test_telegram_refusals.py::test_a_text_is_refused_with_telegrams_words",
    ),
    Guard(
        "Files by address are of three kinds",
        "simulator/telegram/methods/media.py",
        '    if kind == "document" and PurePosix',
        "    if False and PurePosix",
        "tests/simulator/test_telegram_new_fields.py::test_files_by_address_are_of_three_kinds",
    ),
    Guard(
        "In Stars a form is ignored",
        "simulator/telegram/invoices.py",
        "        invoice.need_name = invoice.need_phone = invoice.need_email = False\n        "
        "invoice.need_address = invoice.is_flexible = False\n",
        "        if invoice.need_name or invoice.is_flexible:\n            raise bad_request("
        "'STARS_INVOICE_INVALID')\n",
        "tests/simulator/test_telegram_new_fields.py::test_in_stars_a_form_is_ignored_and_kuna_are_taken",
    ),
    Guard(
        "Tips are refused with Telegram’s words",
        "simulator/telegram/invoices.py",
        'raise bad_request("suggested tip amount can\'t be bigger than max_tip_amount")',
        'raise bad_request("TIP_TOO_BIG")',
        "tests/simulator/test_telegram_invoices.py::test_an_invoice_is_refused_with_telegrams_words",
    ),
    Guard(
        "Objects have what Stripe’s library says",
        "simulator/stripe/shapes/aftermath.py",
        '        "created": refund.created,\n        "currency": refund.currency,\n        "customer": None,',
        '        "created": None,\n        "currency": refund.currency,\n        "customer": None,',
        "tests/simulator/test_stripe_types.py::test_objects_are_what_the_library_says_they_are",
    ),
    Guard(
        "A sum that is too small is said before",
        "payments/sums.py",
        "    return Bounds(least, most) if outside else None\n\n\ndef stripe",
        "    return None\n\n\ndef stripe",
        "tests/payments/test_sums.py::test_a_sum_that_is_too_small_is_said_before_the_order",
    ),
    Guard(
        "Only an answer that is one is read",
        "bot/introduction.py",
        "if not isinstance(said, dict) or said.get(field):",
        "if said.get(field):",
        "tests/bot/test_introduction.py::test_a_server_that_answers_something_else_is_left_alone",
    ),
    Guard(
        "A picture that is null is none",
        "bot/intake/reading.py",
        '"photo" if message.get("photo") else "text" if',
        '"photo" if "photo" in message else "text" if',
        "tests/bot/intake/test_reading.py::test_what_is_null_is_not_there",
    ),
    Guard(
        "Money that is null is none",
        "bot/intake/reading.py",
        '        message.get(name) for name in ("succ',
        '        name in message for name in ("succ',
        "tests/bot/intake/test_reading.py::test_what_is_null_is_not_there",
    ),
)
