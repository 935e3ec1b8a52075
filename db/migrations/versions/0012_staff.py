"""Who works for a seller, invitations by link, notes about customers, and in whose shop an event was."""

import sqlalchemy as sa
from alembic import op

from db.migrations.tables import IN_MYSQL
from db.types import Id, UTCDateTime, key

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff",
        sa.Column("user_id", Id, autoincrement=False, nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("permissions", key(128), nullable=False),
        sa.Column("actor", key(64), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_staff_user_id_users"),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_staff_owner_id_users"),
        sa.PrimaryKeyConstraint("user_id"),
        **IN_MYSQL,
    )
    op.create_index("ix_staff_owner_id_user_id", "staff", ["owner_id", "user_id"])
    op.create_table(
        "invitations",
        sa.Column("id", Id, nullable=False),
        sa.Column("token_hash", key(64), nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("permissions", key(128), nullable=True),
        sa.Column("actor", key(64), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("used_by", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_invitations_owner_id_users"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash", name="uq_invitations_token_hash"),
        **IN_MYSQL,
    )
    op.create_index("ix_invitations_owner_id_id", "invitations", ["owner_id", "id"])
    op.create_table(
        "customer_notes",
        sa.Column("id", Id, nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_customer_notes_owner_id_users"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_customer_notes_user_id_users"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("owner_id", "user_id", name="uq_customer_notes_owner_id_user_id"),
        **IN_MYSQL,
    )
    op.add_column("admin_events", sa.Column("owner_id", sa.BigInteger(), nullable=True))
    op.create_index("ix_admin_events_owner_id_id", "admin_events", ["owner_id", "id"])
    op.create_index("ix_admin_events_owner_id_action_id", "admin_events", ["owner_id", "action", "id"])
    op.create_index("ix_admin_events_action_id", "admin_events", ["action", "id"])
    op.create_index("ix_admin_events_actor_id", "admin_events", ["actor", "id"])
    _say_whose_they_were()


def downgrade() -> None:
    for name in ("actor_id", "action_id", "owner_id_action_id", "owner_id_id"):
        op.drop_index(f"ix_admin_events_{name}", "admin_events")
    op.drop_column("admin_events", "owner_id")
    op.drop_table("customer_notes")
    op.drop_table("invitations")
    op.drop_table("staff")


def _say_whose_they_were() -> None:
    """What was done to a product was done in the shop of who has it; the rest is the operators' to read."""
    events = sa.table("admin_events", sa.column("id"), sa.column("owner_id"), sa.column("subject"), sa.column("actor"))
    products = sa.table("products", sa.column("id"), sa.column("owner_id"))
    connection = op.get_bind()
    last = 0
    while rows := connection.execute(
        sa.select(events.c.id, events.c.subject, events.c.actor)
        .where(events.c.id > last)
        .order_by(events.c.id)
        .limit(5000)
    ).all():
        last = rows[-1].id
        about = {row.id: _number(row.subject, "product:") for row in rows}
        wanted = sorted({number for number in about.values() if number is not None})
        found = sa.select(products.c.id, products.c.owner_id).where(products.c.id.in_(wanted))
        owners = {row.id: row.owner_id for row in connection.execute(found)} if wanted else {}
        by_owner: dict[int, list[int]] = {}
        for row in rows:
            number = about[row.id]
            owner = owners.get(number) if number is not None else _number(row.actor, "owner:")
            if owner is not None:
                by_owner.setdefault(owner, []).append(row.id)
        for owner, ids in by_owner.items():
            for start in range(0, len(ids), 500):
                some = events.c.id.in_(ids[start : start + 500])
                connection.execute(sa.update(events).where(some).values(owner_id=owner))


def _number(text: str, prefix: str) -> int | None:
    rest = text.removeprefix(prefix)
    return int(rest) if rest != text and rest.isdigit() else None
