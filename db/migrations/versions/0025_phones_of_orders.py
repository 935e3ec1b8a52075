"""Find orders by the phone number of who receives them, and by what was sold, along an index."""

import sqlalchemy as sa
from alembic import op

from db.phones import LENGTH, phone_of
from db.types import Id, key

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

AT_ONCE = 500  # orders in one statement
ORDERS = sa.table("orders", sa.column("id", Id), sa.column("address", sa.JSON()), sa.column("phone_end", sa.String()))


def upgrade() -> None:
    op.add_column("orders", sa.Column("phone_end", key(LENGTH), nullable=True))
    connection, last = op.get_bind(), 0
    while True:
        query = sa.select(ORDERS.c.id, ORDERS.c.address).where(ORDERS.c.id > last).order_by(ORDERS.c.id)
        rows = connection.execute(query.limit(AT_ONCE)).all()
        if not rows:
            break
        ends = [(row.id, phone_of(row.address)) for row in rows]
        known = [{"order": order_id, "end": end} for order_id, end in ends if end]
        if known:
            one = sa.update(ORDERS).where(ORDERS.c.id == sa.bindparam("order"))
            connection.execute(one.values(phone_end=sa.bindparam("end")), known)
        last = rows[-1].id
    op.create_index("ix_orders_phone_end_owner_id_id", "orders", ["phone_end", "owner_id", "id"])
    op.create_index("ix_order_items_product_id_order_id", "order_items", ["product_id", "order_id"])
    op.drop_index("ix_order_items_product_id", "order_items")


def downgrade() -> None:
    op.create_index("ix_order_items_product_id", "order_items", ["product_id"])
    op.drop_index("ix_order_items_product_id_order_id", "order_items")
    op.drop_index("ix_orders_phone_end_owner_id_id", "orders")
    op.drop_column("orders", "phone_end")
