"""Every table of the shop, importable from one place."""

from db.models.address import Address
from db.models.broadcast import Broadcast, BroadcastRecipient, BroadcastState, NewsOptout, RecipientState
from db.models.cart import Cart, CartItem
from db.models.category import Category
from db.models.dialog import AdminEvent, Dialog, KeptForm, Lease, TelegramUpdate
from db.models.favourite import Favourite
from db.models.import_run import ImportChange, ImportRun, ImportState
from db.models.message import Author, Message, SavedAnswer
from db.models.notification import Notification, OrderSight, StockWatch
from db.models.order import Order, OrderEvent, OrderItem, OrderNote, OrderStatus
from db.models.payment import (
    AttemptState,
    Payment,
    PaymentAttempt,
    PaymentEvent,
    PaymentStatus,
    Refund,
    RefundState,
)
from db.models.product import Inventory, MovementReason, Product, ProductKind, StockMovement
from db.models.product_photo import ProductPhoto
from db.models.promotion import PromoCode, Promotion, PromotionGoods, PromotionKind, Redemption
from db.models.review import Review
from db.models.seller_hours import SellerHours
from db.models.setting import Setting
from db.models.staff import CustomerNote, Invitation, Permission, StaffMember
from db.models.staff_chat import Post, StaffChat
from db.models.term import ProductTerm
from db.models.unit import Unit, UnitState
from db.models.user import Ban, Role, User

__all__ = [
    "Address",
    "AdminEvent",
    "AttemptState",
    "Author",
    "Ban",
    "Broadcast",
    "BroadcastRecipient",
    "BroadcastState",
    "Cart",
    "CartItem",
    "Category",
    "CustomerNote",
    "Dialog",
    "Favourite",
    "ImportChange",
    "ImportRun",
    "ImportState",
    "Inventory",
    "Invitation",
    "KeptForm",
    "Lease",
    "Message",
    "MovementReason",
    "NewsOptout",
    "Notification",
    "Order",
    "OrderEvent",
    "OrderItem",
    "OrderNote",
    "OrderSight",
    "OrderStatus",
    "Payment",
    "PaymentAttempt",
    "PaymentEvent",
    "PaymentStatus",
    "Permission",
    "Post",
    "Product",
    "ProductKind",
    "ProductPhoto",
    "ProductTerm",
    "PromoCode",
    "Promotion",
    "PromotionGoods",
    "PromotionKind",
    "RecipientState",
    "Redemption",
    "Refund",
    "RefundState",
    "Review",
    "Role",
    "SavedAnswer",
    "SellerHours",
    "Setting",
    "StaffChat",
    "StaffMember",
    "StockMovement",
    "StockWatch",
    "TelegramUpdate",
    "Unit",
    "UnitState",
    "User",
]
