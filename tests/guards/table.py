"""The guards: what keeps each promise under load and in trouble, how to take it away, and the test that then fails."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Guard:
    """`old` stands once in `file`; with `new` in its place, `test` must fail on `kind` of database."""

    name: str
    file: str
    old: str
    new: str
    test: str
    kind: str = "sqlite"


_BUYERS = "tests/shop/test_stock.py::test_of_many_buyers_exactly_as_many_as_there_are_units_get_one"
_DEADLOCK = "tests/db/test_session.py::test_a_lost_deadlock_is_tried_again_from_the_start"
_SIDE = "tests/db/test_side_by_side.py::"
_LOST = "tests/db/test_lost_connections.py::"
_ERRORS = "tests/db/test_errors.py::"
_TYPES = "tests/db/test_types.py::"
_LEASES = "tests/shop/test_leases.py::"
_NEWS = "tests/shop/test_notifications.py::"

GUARDS = (
    Guard(
        "Stock: one conditional UPDATE",
        "shop/stock.py",
        "_HERE.where(Inventory.quantity_in_stock - Inventory.quantity_reserved >= _QUANTITY).values(",
        "_HERE.values(",
        _BUYERS,
        "postgresql",
    ),
    Guard(
        "Stock: the CHECKs behind it",
        "db/migrations/versions/0001_people_and_products.py",
        '        sa.CheckConstraint("quantity_reserved <= quantity_in_stock",'
        ' name=op.f("ck_inventory_reserved_within_stock")),\n',
        "",
        _SIDE + "test_more_than_there_is_cannot_be_held_even_by_a_mistake",
    ),
    Guard(
        "Lock order: products by id",
        "shop/stock.py",
        "in sorted(lines.items()):\n        if await changed(session, _HOLD",
        "in lines.items():\n        if await changed(session, _HOLD",
        "tests/shop/test_stock.py::test_baskets_in_opposite_orders_never_wait_for_each_other",
        "postgresql",
    ),
    Guard(
        "Isolation: READ COMMITTED",
        "db/engines.py",
        'isolation_level="READ COMMITTED"',
        'isolation_level="REPEATABLE READ"',
        _SIDE + "test_a_transaction_sees_what_others_committed_meanwhile",
        "mariadb",
    ),
    Guard(
        "SQLite: BEGIN IMMEDIATE",
        "db/session.py",
        'begin="BEGIN IMMEDIATE"',
        'begin="BEGIN"',
        _SIDE + "test_two_processes_may_write_to_one_file",
    ),
    Guard(
        "SQLite: one writer of a process at a time",
        "db/session.py",
        "asyncio.Lock() if self.is_sqlite else None",
        "None",
        _SIDE + "test_writers_of_one_process_are_served_in_the_order_in_which_they_came",
    ),
    Guard(
        "SQLite: readers cannot write",
        "db/session.py",
        "begin=None, query_only=True",
        "begin=None, query_only=False",
        "tests/db/test_session.py::test_sqlite_readers_cannot_write",
    ),
    Guard(
        "SQLite: foreign keys on",
        "db/engines.py",
        "foreign_keys=ON",
        "foreign_keys=OFF",
        _SIDE + "test_a_row_that_points_nowhere_is_refused",
    ),
    Guard(
        "Retry: whole transactions, again",
        "db/session.py",
        "ATTEMPTS = 6",
        "ATTEMPTS = 1",
        _DEADLOCK,
        "postgresql",
    ),
    Guard("Retry: PostgreSQL's deadlock", "db/errors.py", '{"40001", "40P01"}', '{"40001"}', _DEADLOCK, "postgresql"),
    Guard(
        "Retry: PostgreSQL's serialization failure",
        "db/errors.py",
        '{"40001", "40P01"}',
        '{"40P01"}',
        _ERRORS + "test_what_postgresql_asks_to_try_again",
    ),
    Guard("Retry: MariaDB's deadlock", "db/errors.py", "{1213, 1205, 1020}", "{1205, 1020}", _DEADLOCK, "mariadb"),
    Guard(
        "Retry: MariaDB's lock wait and changed record",
        "db/errors.py",
        "{1213, 1205, 1020}",
        "{1213}",
        _ERRORS + "test_what_may_simply_be_tried_again",
    ),
    Guard(
        "Retry: a deadlock behind a lost savepoint",
        "db/errors.py",
        " or _savepoint_went_with_the_deadlock(error)",
        "",
        _DEADLOCK,
        "mariadb",
    ),
    Guard(
        "Retry: SQLite is busy",
        "db/errors.py",
        'and "database is locked" in',
        'and "database is tired" in',
        _ERRORS + "test_what_sqlite_asks_to_try_again",
    ),
    Guard(
        "Retry: the connection was lost",
        "db/errors.py",
        "if error.connection_invalidated or _numbers(error) & numbers or",
        "if _numbers(error) & (TRANSIENT_SQLSTATES | TRANSIENT_MYSQL) or",
        _LOST + "test_a_transaction_whose_connection_breaks_in_the_middle_is_done_again",
        "postgresql",
    ),
    Guard(
        "No retry: COMMIT was cut off",
        "db/session.py",
        "        if error.connection_invalidated:\n            raise CommitUnknown",
        "        if False:\n            raise CommitUnknown",
        _LOST + "test_a_commit_that_was_cut_off_is_not_done_again",
        "postgresql",
    ),
    Guard(
        "Away: the sockets' own errors are told apart",
        "db/engines.py",
        "except (OSError, TimeoutError) as error:",
        "except ZeroDivisionError as error:",
        _LOST + "test_a_server_that_is_gone_is_called_away_and_comes_back_by_itself",
        "postgresql",
    ),
    Guard(
        "Migrations: one migrator at a time",
        "db/migrate.py",
        'takes.get(connection.dialect.name, "SELECT 1")',
        '"SELECT 1"',
        _SIDE + "test_replicas_that_start_together_migrate_once",
        "postgresql",
    ),
    Guard(
        "Columns: keys are compared byte by byte",
        "db/types.py",
        'collation="utf8mb4_bin"',
        'collation="utf8mb4_unicode_ci"',
        _TYPES + "test_keys_are_compared_byte_by_byte",
        "mariadb",
    ),
    Guard(
        "Columns: microseconds",
        "db/types.py",
        "mysql.DATETIME(fsp=6)",
        "mysql.DATETIME()",
        _TYPES + "test_times_keep_their_microseconds_and_their_zone",
        "mariadb",
    ),
    Guard(
        "Columns: times without a zone are refused",
        "db/types.py",
        "if value.tzinfo is None:",
        "if False:",
        _TYPES + "test_a_time_without_a_zone_is_refused",
    ),
    Guard(
        "Columns: enums are CHECKed",
        "db/migrations/tables.py",
        "create_constraint=True",
        "create_constraint=False",
        _TYPES + "test_a_status_that_does_not_exist_is_refused",
        "postgresql",
    ),
    Guard(
        "Outbox: the unique dedupe key",
        "db/migrations/versions/0004_outbox_and_forms.py",
        '        sa.UniqueConstraint("dedupe_key", name="uq_notifications_dedupe_key"),\n',
        "",
        _NEWS + "test_the_same_news_is_written_once",
        "mariadb",
    ),
    Guard(
        "Outbox: SKIP LOCKED",
        "shop/notifications.py",
        "skip_locked=True",
        "skip_locked=False",
        _NEWS + "test_a_worker_does_not_wait_for_what_another_is_claiming",
        "postgresql",
    ),
    Guard(
        "Outbox: claimed_until",
        "shop/notifications.py",
        '"claimed_until": now + CLAIM',
        '"claimed_until": None',
        _NEWS + "test_two_workers_never_bring_the_same_message",
    ),
    Guard(
        "Outbox: a claim runs out",
        "shop/notifications.py",
        "Notification.claimed_until <= now)",
        "Notification.claimed_until <= Notification.created_at)",
        _NEWS + "test_a_worker_that_died_is_replaced_when_its_claim_runs_out",
    ),
    Guard(
        "Outbox: each person's messages in order",
        "shop/notifications.py",
        "*_due(now), ~_older_one_waits(now)",
        "*_due(now)",
        _NEWS + "test_a_message_that_failed_holds_back_the_next_ones_of_that_person_only",
    ),
    Guard(
        "Schedule: the lease is somebody's",
        "shop/leases.py",
        "free = or_(Lease.lease_until <= now, Lease.owner == owner)",
        "free = Lease.name == name",
        _LEASES + "test_the_holder_works_once_a_period_and_others_wait_for_it",
    ),
    Guard(
        "Schedule: once a period",
        "shop/leases.py",
        "Lease.name == name, free, due)",
        "Lease.name == name, free)",
        _LEASES + "test_the_holder_works_once_a_period_and_others_wait_for_it",
    ),
    Guard(
        "Schedule: a lease runs out",
        "shop/leases.py",
        "free = or_(Lease.lease_until <= now, Lease.owner == owner)",
        "free = Lease.owner == owner",
        "tests/app/test_permits.py::test_a_replica_that_died_is_replaced_within_the_lease",
    ),
    Guard(
        "Intake: 200 only when it was handled",
        "bot/intake/webhook.py",
        "handled = await self._handle(incoming)",
        'handled = bool(__import__("asyncio").ensure_future(self._handle(incoming)))',
        "tests/replicas/test_together.py::test_one_slow_person_delays_nobody_and_nobody_overtakes_themselves",
        "postgresql",
    ),
    Guard(
        "Intake: one person in order",
        "bot/intake/turns.py",
        "        person = incoming.person.telegram_id\n",
        "        person = -incoming.update_id\n",
        "tests/bot/test_turns.py::test_one_person_is_served_in_order",
    ),
    Guard(
        "Intake: money is stored before it is confirmed",
        "bot/intake/polling.py",
        "        if money:\n",
        "        if False:\n",
        "tests/bot/test_polling.py::test_money_is_stored_before_it_is_confirmed_and_marked_when_booked",
    ),
    Guard(
        "Intake: a message is handled by one replica",
        "bot/intake/webhook.py",
        "if await self._repeats.was_handled(incoming.update_id):",
        "if False:",
        "tests/bot/test_repeats.py::test_ten_more_of_these_is_done_once_though_the_answer_was_lost",
    ),
    Guard(
        "Intake: what met no database is brought again",
        "bot/edge.py",
        "return outcome != AWAY and (",
        "return (",
        "tests/stories/test_database_away.py::test_replicas_ask_telegram_to_bring_it_again_and_tick_on_afterwards",
        "postgresql",
    ),
    Guard(
        "Intake: no endless queue",
        "bot/intake/turns.py",
        "self._waiting >= self._room or (queue",
        "(queue",
        "tests/bot/test_turns.py::test_no_more_wait_than_there_is_room_for_but_money_always_does",
    ),
    Guard(
        "Stopping: updates in hand are finished",
        "bot/application.py",
        "        if self._started:\n            await self._turns.drain()\n",
        "",
        "tests/stories/test_stopping.py::test_a_tap_in_hand_is_served_before_the_shop_closes",
    ),
)
