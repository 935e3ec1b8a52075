"""The guards of money: each keeps the shop from charging twice, losing a charge or giving back too much."""

from tests.guards.guard import Guard

_TROUBLE = "tests/payments/test_stripe_trouble.py::"
_HOOKS = "tests/payments/test_stripe_webhooks.py::"
_SETTLE = "tests/payments/test_settle.py::"
_GATE = "tests/payments/test_gate.py::"
_REFUNDS = "tests/payments/test_refunds.py::"
_SOLD = "tests/payments/test_charges_in_chat.py::test_a_late_charge_for_goods_that_others_bought_meanwhile_goes_back"
_KILLED = "tests/payments/test_kill_nine_stripe.py::test_no_moment_to_die_costs_anybody_money_at_stripe"
_STUMBLE = _TROUBLE + "test_a_stumble_is_waited_out"

MONEY = (
    Guard(
        "A command that is heard twice is one refund",
        "shop/payments/giving.py",
        "    if refunds:\n        return refunds\n",
        "    refunds = []\n",
        "tests/payments/test_refunds_repeated.py::test_the_same_command_heard_twice_gives_back_once",
    ),
    Guard(
        "An event is kept once",
        "db/migrations/versions/0003_money.py",
        '        sa.UniqueConstraint("provider", "event_id", name="uq_payment_events_provider_event_id"),\n',
        "",
        _HOOKS + "test_genuine_news_is_kept_before_it_is_acknowledged_and_once",
    ),
    Guard(
        "What is told is asked again before it is believed",
        "shop/payments/inbox.py",
        "return await provider.confirm(event) if isinstance(provider, WebhookProvider) else event",
        "return event",
        _TROUBLE + "test_events_twice_and_backwards_end_as_they_would_in_order",
    ),
    Guard(
        "A charge is counted once",
        "shop/payments/captures.py",
        "event.charge_id is None or event.charge_id == attempt.charge_id or await _is_known(session, event)",
        "False",
        _SETTLE + "test_the_same_news_ten_times_has_one_effect",
    ),
    Guard(
        "A payment is found by our own name for it, too",
        "shop/payments/rows.py",
        "        (event.payload, _BY_KEY),\n",
        "",
        _TROUBLE + "test_the_webhook_comes_before_the_page_is_noted",
    ),
    Guard(
        "Asked again, Stripe hears the same key",
        "payments/stripe.py",
        '(cast("Any", params), {"idempotency_key": request.payload})',
        '(cast("Any", params))',
        _KILLED,
    ),
    Guard(
        "A killed checkout goes on with the attempt that it wrote down",
        "shop/payments/attempts.py",
        "found = None if fresh else await _reusable(session, order, provider, now=now)",
        "found = None",
        _KILLED,
    ),
    Guard(
        "A refund is looked for at Stripe before it is made",
        "payments/stripe.py",
        'if made["metadata"].get("refund_key") == order.idempotency_key:',
        "if False:",
        _KILLED,
    ),
    Guard(
        "All the goods go back with all the money only",
        "shop/payments/giving.py",
        "if wish.restock and wish.item_id is None and wanted < left:",
        "if False:",
        _REFUNDS + "test_all_the_goods_do_not_come_back_for_a_part_of_the_money",
    ),
    Guard(
        "A page whose answer was lost is looked for",
        "payments/stripe.py",
        "await self._find_session(request) if error.unknown else None",
        "None",
        _TROUBLE + "test_a_lost_answer_leads_to_the_page_that_was_opened",
    ),
    Guard(
        "A busy Stripe (429) is asked later",
        "payments/stripe.py",
        "BUSY_WAITS = (0.5, 1.0, 2.0)",
        "BUSY_WAITS = ()",
        _STUMBLE,
    ),
    Guard("A stumbling Stripe is asked again", "payments/stripe.py", "RETRIES = 2 ", "RETRIES = 0 ", _STUMBLE),
    Guard(
        "Pages are closed before stock is let go",
        "shop/upkeep/expiry.py",
        "paid = await close_attempts(db, providers, order_id, policy=policy, clock=clock, strict=True)",
        "paid = False",
        _TROUBLE + "test_expiry_closes_the_page_first_and_settles_what_was_paid",
    ),
    Guard(
        "Only what expired by itself comes back to life",
        "shop/payments/fulfil.py",
        "order.cancel_reason != EXPIRED or ",
        "",
        _SETTLE + "test_late_money_for_an_order_that_a_person_cancelled_goes_back",
    ),
    Guard(
        "An order is paid by one charge",
        "shop/payments/captures.py",
        "    if (await summary_of(session, order, now=now)).payment_date is not None:",
        "    if False:",
        _SETTLE + "test_a_second_charge_for_a_paid_order_goes_back",
    ),
    Guard(
        "The gate knows what is paid",
        "shop/payments/gate.py",
        "        raise AlreadyPaid(order_id=order.id)\n",
        "        pass\n",
        _GATE + "test_a_paid_order_is_not_charged_again",
    ),
    Guard(
        "One sheet at a time",
        "shop/payments/gate.py",
        '"lately": now - ONE_SHEET',
        '"lately": now',
        _GATE + "test_two_sheets_of_one_order_do_not_charge_together",
    ),
    Guard(
        "The amount is compared",
        "shop/payments/captures.py",
        'if not 0 <= tip <= int(charge.request.get("max_tip", 0)):',
        "if False:",
        _SETTLE + "test_a_wrong_amount_goes_back_and_the_order_can_still_be_paid",
    ),
    Guard(
        "The currency is compared",
        "shop/payments/captures.py",
        "    if event.currency != order.currency:\n        return WRONG_CURRENCY\n",
        "",
        _SETTLE + "test_another_currency_goes_back_and_is_not_added_to_euros",
    ),
    Guard(
        "What could not be kept is sent again",
        "web/webhooks.py",
        "except BadWebhook as error:",
        "except Exception as error:",
        _HOOKS + "test_while_the_database_is_down_stripe_is_asked_to_send_it_again",
    ),
    Guard(
        "What was not told is listed",
        "shop/payments/reconcile.py",
        "differences += await _replay(db, providers, provider, clock, policy, look_back)",
        "pass",
        "tests/payments/test_stars_reconciled.py::test_stars_that_nobody_told_of_are_found_and_settled_once",
    ),
    Guard(
        "No more goes back than came",
        "shop/payments/giving.py",
        "if not 0 < wanted <= left:",
        "if not 0 < wanted:",
        _REFUNDS + "test_more_than_came_is_refused",
    ),
    Guard(
        "A refund that failed can be made again",
        "shop/payments/returns.py",
        "    await give_back(session, order, refund, now=now)\n",
        "",
        _TROUBLE + "test_a_refund_that_the_bank_sends_back_can_be_made_again",
    ),
    Guard(
        "A price that moved is shown before it is charged",
        "shop/checkout/placing.py",
        "        _check_prices(group)\n",
        "",
        "tests/shop/checkout/test_checkout.py::test_a_price_that_moved_is_never_silently_charged",
    ),
    Guard(
        "What is bought at once costs what was shown",
        "shop/checkout/buying_now.py",
        "    if order.total_price != total:\n        raise AmountMismatch(order_id=order.id)\n",
        "",
        "tests/shop/checkout/test_buying_now.py::test_the_total_is_the_one_that_was_shown",
    ),
    Guard(
        "One person's checkouts wait for each other, those at once too",
        "shop/checkout/buying_now.py",
        "    await locking.lock(session, user.id, terms.now)\n",
        "",
        "tests/shop/checkout/test_buying_now.py::test_many_taps_on_one_screen_are_one_order_and_many_screens_keep_the_limit",
        "postgresql",
    ),
    Guard(
        "What expired goes on only while its stock is there",
        "shop/payments/fulfil.py",
        "order.cancel_reason != EXPIRED or not await _hold_again(session, order, now=now)",
        "order.cancel_reason != EXPIRED",
        _SOLD,
    ),
    Guard(
        "Who paid too late reads that the goods were sold",
        "shop/payments/captures.py",
        "SOLD_MEANWHILE if expired else problem",
        "problem",
        _SOLD,
    ),
    Guard(
        "A disputed payment is not given back as well",
        "shop/payments/giving.py",
        ".payment_status is PaymentStatus.DISPUTED:",
        ".payment_status is None:",
        "tests/payments/test_charges_in_chat.py::test_a_dispute_is_told_to_who_must_answer_and_counted_when_lost",
    ),
    Guard(
        "Signatures are verified",
        "payments/stripe.py",
        "stripe.WebhookSignature.verify_header(text, signature, self._secret, stripe.Webhook.DEFAULT_TOLERANCE)",
        "pass",
        _HOOKS + "test_what_is_not_signed_by_stripe_just_now_is_refused",
    ),
    Guard(
        "No secret, no address",
        "app/front.py",
        "for name, one in callers if one.has_webhook}",
        "for name, one in callers}",
        _HOOKS + "test_without_a_secret_the_address_does_not_exist",
    ),
)
