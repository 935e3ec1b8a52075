"""Every table of the shop, importable from one place."""

from db.models.address import Address
from db.models.broadcast import Broadcast, BroadcastRecipient, BroadcastState, NewsOptout, RecipientState
from db.models.cart import Cart, CartItem
from db.models.category import Category
from db.models.credit import CreditAccount, CreditHold, CreditKind, CreditMovement, GiftCard, HoldState
from db.models.departure import Departure
from db.models.desk import DeskLink, DeskSession, DeskTry, SignedInBy
from db.models.dialog import AdminEvent, Dialog, KeptForm, Lease, TelegramUpdate
from db.models.favourite import Favourite
from db.models.import_run import ImportChange, ImportRun, ImportState
from db.models.listing import BoughtTogether, Listing, ViewedProduct
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
from db.models.receipt import Letterhead, Receipt, ReceiptCounter, ReceiptKind
from db.models.returning import Return, ReturnEvent, ReturnLine, ReturnPhoto, ReturnReason, ReturnStatus
from db.models.review import Review
from db.models.seller_hours import SellerHours
from db.models.setting import Setting
from db.models.staff import CustomerNote, Invitation, Permission, StaffMember
from db.models.staff_chat import Post, StaffChat
from db.models.subscription import Subscription, SubscriptionPeriod, SubscriptionState
from db.models.term import ProductTerm
from db.models.unit import Unit, UnitState
from db.models.user import Ban, Role, User

__all__ = [
    "Address",
    "AdminEvent",
    "AttemptState",
    "Author",
    "Ban",
    "BoughtTogether",
    "Broadcast",
    "BroadcastRecipient",
    "BroadcastState",
    "Cart",
    "CartItem",
    "Category",
    "CreditAccount",
    "CreditHold",
    "CreditKind",
    "CreditMovement",
    "CustomerNote",
    "Departure",
    "DeskLink",
    "DeskSession",
    "DeskTry",
    "Dialog",
    "Favourite",
    "GiftCard",
    "HoldState",
    "ImportChange",
    "ImportRun",
    "ImportState",
    "Inventory",
    "Invitation",
    "KeptForm",
    "Lease",
    "Letterhead",
    "Listing",
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
    "Receipt",
    "ReceiptCounter",
    "ReceiptKind",
    "RecipientState",
    "Redemption",
    "Refund",
    "RefundState",
    "Return",
    "ReturnEvent",
    "ReturnLine",
    "ReturnPhoto",
    "ReturnReason",
    "ReturnStatus",
    "Review",
    "Role",
    "SavedAnswer",
    "SellerHours",
    "Setting",
    "SignedInBy",
    "StaffChat",
    "StaffMember",
    "StockMovement",
    "StockWatch",
    "Subscription",
    "SubscriptionPeriod",
    "SubscriptionState",
    "TelegramUpdate",
    "Unit",
    "UnitState",
    "User",
    "ViewedProduct",
]
