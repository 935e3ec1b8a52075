"""Promotions: what they take off, for whom; their codes; and which order used which."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import Id, UTCDateTime, enum_column, key


class PromotionKind(StrEnum):
    """What a promotion gives."""

    PERCENT = "percent"
    FIXED = "fixed"
    FREE_SHIPPING = "free_shipping"
    BUY_X_GET_Y = "buy_x_get_y"


class Promotion(Base):
    """What one seller offers, by code or by itself (`automatic`).

    `value` is a percentage or an amount off in minor units of `currency`, as `min_amount` is; `buy_units` and
    `free_units` are the X and the Y of "buy X, get Y". `used` is the number of its redemptions that stand.
    """

    __tablename__ = "promotions"
    __table_args__ = (
        CheckConstraint("used >= 0", name="used_not_negative"),
        CheckConstraint("total_limit IS NULL OR used <= total_limit", name="used_within_limit"),
        Index(None, "owner_id", "id"),
        Index(None, "owner_id", "automatic", "stopped_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(64))
    kind: Mapped[PromotionKind] = mapped_column(enum_column(PromotionKind, "promotion_kind"))
    value: Mapped[int] = mapped_column(BigInteger, default=0)
    currency: Mapped[str] = mapped_column(key(3))
    buy_units: Mapped[int] = mapped_column(default=0)
    free_units: Mapped[int] = mapped_column(default=0)
    automatic: Mapped[bool] = mapped_column(default=False)
    min_amount: Mapped[int] = mapped_column(BigInteger, default=0)
    starts_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    total_limit: Mapped[int | None] = mapped_column()
    per_person: Mapped[int | None] = mapped_column()
    first_order: Mapped[bool] = mapped_column(default=False)
    used: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # first; none: a draft that nobody ever saw
    stopped_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class PromotionGoods(Base):
    """A category (with those below it) or a product (with its variants) that a promotion is for; none: everything."""

    __tablename__ = "promotion_goods"
    __table_args__ = (Index(None, "promotion_id", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    promotion_id: Mapped[int] = mapped_column(ForeignKey("promotions.id"))
    category_id: Mapped[int | None] = mapped_column(BigInteger)  # a category that is gone has no goods
    product_id: Mapped[int | None] = mapped_column(BigInteger)


class PromoCode(Base):
    """A code, folded as people's typing is; one word belongs to one promotion of the whole shop.

    `most` is how many orders may use it (none: as many as its promotion allows), `used` how many do.
    """

    __tablename__ = "promo_codes"
    __table_args__ = (
        CheckConstraint("used >= 0", name="used_not_negative"),
        CheckConstraint("most IS NULL OR used <= most", name="used_within_most"),
        Index(None, "promotion_id", "id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    promotion_id: Mapped[int] = mapped_column(ForeignKey("promotions.id"))
    code: Mapped[str] = mapped_column(key(32), unique=True)
    most: Mapped[int | None] = mapped_column()
    used: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Redemption(Base):
    """An order that used a promotion, and what it saved; released when the order ended unpaid or was given back."""

    __tablename__ = "redemptions"
    __table_args__ = (
        UniqueConstraint("order_id", "promotion_id"),
        Index(None, "promotion_id", "user_id", "released_at"),
        Index(None, "promotion_id", "id"),
        Index(None, "code_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    promotion_id: Mapped[int] = mapped_column(ForeignKey("promotions.id"))
    code_id: Mapped[int | None] = mapped_column(ForeignKey("promo_codes.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    amount: Mapped[int] = mapped_column(BigInteger)  # minor units off the goods; 0 when only shipping is free
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    released_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
