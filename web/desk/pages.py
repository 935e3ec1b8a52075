"""The pages of the desk, in the order of its menu; each noun has a folder beside this file."""

from starlette_admin.views import BaseView

from web.desk.broadcasts.one import BroadcastOf
from web.desk.broadcasts.pages import Broadcasts
from web.desk.categories.one import CategoryOf
from web.desk.categories.pages import Categories
from web.desk.customers.pages import CustomerOf, Customers
from web.desk.lists.pages import Lists
from web.desk.log.pages import Log
from web.desk.money.pages import Money
from web.desk.orders.moving import OrderMoves, OrderWords
from web.desk.orders.pages import OrderOf, Orders
from web.desk.orders.sending import OrdersSent
from web.desk.products.keys import ProductKeys
from web.desk.products.languages import ProductLanguages
from web.desk.products.one import ProductOf
from web.desk.products.pages import Products
from web.desk.products.unit import KeyOf
from web.desk.promotions.goods import PromotionGoods
from web.desk.promotions.one import PromotionOf
from web.desk.promotions.pages import Promotions
from web.desk.reviews.pages import ReviewOf, Reviews

VIEWS: tuple[type[BaseView], ...] = (
    *(Orders, OrdersSent, OrderOf, OrderMoves, OrderWords),
    *(Customers, CustomerOf),
    *(Reviews, ReviewOf),
    *(Products, ProductOf, ProductLanguages, ProductKeys, KeyOf),
    *(Categories, CategoryOf),
    Lists,
    *(Promotions, PromotionOf, PromotionGoods),
    *(Broadcasts, BroadcastOf),
    Money,
    Log,
)
