"""Store credit: what each person has at each seller, every movement of it, what orders hold, and gift cards."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import Id, UTCDateTime, enum_column, key


class CreditKind(StrEnum):
    """Why credit moved."""

    REDEEMED = "redeemed"  # a gift card became credit
    GIVEN = "given"  # by the seller, who said why
    HELD = "held"  # by an order that was placed
    RETURNED = "returned"  # by an order that ended, or came to cost less
    REFUNDED = "refunded"  # money, or credit, of an order that was paid
    FORFEITED = "forfeited"  # its person left the shop


class HoldState(StrEnum):
    """What became of the credit of an order."""

    HELD = "held"  # the order waits for the rest of its money
    SPENT = "spent"  # it is paid
    RELEASED = "released"  # it ended unpaid


class CreditAccount(Base):
    """What one person may spend at one seller; minor units of `currency`."""

    __tablename__ = "credit_accounts"
    __table_args__ = (
        UniqueConstraint("user_id", "owner_id", "currency"),
        CheckConstraint("balance >= 0", name="balance_not_negative"),
        Index(None, "owner_id", "id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    currency: Mapped[str] = mapped_column(key(3))
    balance: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    in_use: Mapped[bool] = mapped_column(default=True, server_default=true())  # whether the next order shall use it
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class CreditMovement(Base):
    """One movement of credit; never updated but for a text about a person who left, never deleted."""

    __tablename__ = "credit_movements"
    __table_args__ = (
        UniqueConstraint("card_id"),  # a card is redeemed once
        UniqueConstraint("refund_id"),  # and a refund comes back once
        UniqueConstraint("said"),
        Index(None, "account_id", "id"),
        Index(None, "order_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("credit_accounts.id"))
    delta: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[CreditKind] = mapped_column(enum_column(CreditKind, "credit_kind"))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"))
    card_id: Mapped[int | None] = mapped_column(ForeignKey("gift_cards.id"))
    refund_id: Mapped[int | None] = mapped_column(ForeignKey("refunds.id"))
    said: Mapped[str | None] = mapped_column(key(64))  # names what was asked for: heard twice, it moves once
    reason: Mapped[str | None] = mapped_column(String(255))  # in the words of who gave it
    actor: Mapped[str] = mapped_column(key(64))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class CreditHold(Base):
    """The credit of one order: held when it is placed, spent when it is paid, released when it ends."""

    __tablename__ = "credit_holds"
    __table_args__ = (
        UniqueConstraint("order_id"),
        CheckConstraint("amount >= 0", name="amount_not_negative"),
        Index(None, "account_id", "state"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("credit_accounts.id"))
    amount: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[HoldState] = mapped_column(enum_column(HoldState, "credit_hold_state"), default=HoldState.HELD)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class GiftCard(Base):
    """A code that becomes credit at its seller once; of the code only a digest is kept, and how it ends."""

    __tablename__ = "gift_cards"
    __table_args__ = (
        CheckConstraint("value > 0", name="value_positive"),
        UniqueConstraint("said", "place"),
        Index(None, "owner_id", "id"),
        Index(None, "redeemed_by"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    digest: Mapped[str] = mapped_column(key(64), unique=True)
    ending: Mapped[str] = mapped_column(key(4))
    value: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(key(3))
    said: Mapped[str] = mapped_column(key(64))  # names the tap that issued it: heard twice, it issues once
    place: Mapped[int] = mapped_column()  # among the cards of that tap
    actor: Mapped[str] = mapped_column(key(64))  # who issued it
    expires_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    redeemed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    redeemed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
