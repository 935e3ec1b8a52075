"""Who deleted their account, which orders lost their address, and news refused a kind at a time."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL
from db.types import Id, UTCDateTime

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

BY_PERSON = ("reviews", "stock_watches", "customer_notes")  # what one person's is looked for in
BY_AGE = ("dialogs", "kept_forms")


def upgrade() -> None:
    op.create_table(
        "departures",
        sa.Column("user_id", Id, nullable=False, autoincrement=False),
        sa.Column("keeps_reviews", sa.Boolean(), nullable=False),
        sa.Column("left_at", UTCDateTime(), nullable=False),
        sa.Column("scrubbed_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_departures_user_id_users"),
        sa.PrimaryKeyConstraint("user_id"),
        **IN_MYSQL,
    )
    op.create_index("ix_departures_scrubbed_at_left_at", "departures", ["scrubbed_at", "left_at"])
    op.add_column("orders", sa.Column("scrubbed_at", UTCDateTime(), nullable=True))
    op.create_index("ix_orders_scrubbed_at_updated_at_id", "orders", ["scrubbed_at", "updated_at", "id"])
    op.create_index("ix_payment_events_reference", "payment_events", ["reference"])
    for table in BY_PERSON:
        op.create_index(f"ix_{table}_user_id_id", table, ["user_id", "id"])
    for table in BY_AGE:
        op.create_index(f"ix_{table}_updated_at", table, ["updated_at"])
    _rename("favourites", "cheaper")
    _copy("cheaper", "back")


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM news_optouts WHERE kind IN ('back', 'reviews')"))
    _rename("cheaper", "favourites")
    for table in BY_AGE:
        op.drop_index(f"ix_{table}_updated_at", table)
    for table in BY_PERSON:
        if op.get_bind().dialect.name in {"mysql", "mariadb"}:  # the foreign key needs one in its place
            op.create_index(f"fk_{table}_user_id_users", table, ["user_id"])
        op.drop_index(f"ix_{table}_user_id_id", table)
    op.drop_index("ix_payment_events_reference", "payment_events")
    op.drop_index("ix_orders_scrubbed_at_updated_at_id", "orders")
    op.drop_column("orders", "scrubbed_at")
    op.drop_table("departures")


def _rename(before: str, after: str) -> None:
    op.execute(
        sa.text("UPDATE news_optouts SET kind = :after WHERE kind = :before").bindparams(before=before, after=after)
    )


def _copy(before: str, after: str) -> None:
    """News of favourites were of one kind: who refused them refuses both."""
    op.execute(
        sa.text(
            "INSERT INTO news_optouts (user_id, kind, owner_id, created_at) "
            "SELECT user_id, :after, owner_id, created_at FROM news_optouts WHERE kind = :before"
        ).bindparams(before=before, after=after)
    )
