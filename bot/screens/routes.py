"""Every screen of the bot: the modules of handlers, joined into one table of routes."""

from types import ModuleType

from bot.routing.router import Router
from bot.screens.buying.addresses import handlers as addresses
from bot.screens.buying.cart import handlers as cart
from bot.screens.buying.cart import promo as cart_promo
from bot.screens.buying.cart import refilling as cart_refilling
from bot.screens.buying.cart import reminding as cart_reminding
from bot.screens.buying.catalogue import handlers as catalogue
from bot.screens.buying.catalogue import sorting as catalogue_sorting
from bot.screens.buying.checkout import address as checkout_address
from bot.screens.buying.checkout import agreeing as checkout_agreeing
from bot.screens.buying.checkout import confirming as checkout_confirming
from bot.screens.buying.checkout import handlers as checkout
from bot.screens.buying.checkout import now as checkout_now
from bot.screens.buying.checkout import paying as checkout_paying
from bot.screens.buying.checkout import present as checkout_present
from bot.screens.buying.credit import handlers as buying_credit
from bot.screens.buying.discovering import handlers as discovering
from bot.screens.buying.favourites import handlers as favourites
from bot.screens.buying.help import handlers as help  # noqa: A004  named for the screen
from bot.screens.buying.home import handlers as start
from bot.screens.buying.inline import handlers as inline
from bot.screens.buying.keys import handlers as keys
from bot.screens.buying.messages import handlers as messages
from bot.screens.buying.messages import reading as messages_reading
from bot.screens.buying.news import handlers as news
from bot.screens.buying.notices import handlers as notices
from bot.screens.buying.orders import handlers as orders
from bot.screens.buying.orders import requests as order_requests
from bot.screens.buying.payments import handlers as payments
from bot.screens.buying.privacy import handlers as privacy
from bot.screens.buying.receipts import handlers as receipts
from bot.screens.buying.returns import handlers as buying_returns
from bot.screens.buying.reviews import handlers as reviews
from bot.screens.buying.reviews import news as reviews_news
from bot.screens.buying.search import handlers as search
from bot.screens.buying.sharing import handlers as sharing
from bot.screens.buying.subscriptions import handlers as buying_subscriptions
from bot.screens.parts import sure_unanswered as sure
from bot.screens.selling.admins import dismissing
from bot.screens.selling.admins import handlers as admins
from bot.screens.selling.answers import handlers as selling_answers
from bot.screens.selling.bans import handlers as bans
from bot.screens.selling.broadcasts import handlers as broadcasts
from bot.screens.selling.broadcasts import later as broadcast_later
from bot.screens.selling.broadcasts import people as broadcast_people
from bot.screens.selling.categories import handlers as categories
from bot.screens.selling.categories import moving as categories_moving
from bot.screens.selling.chats import handlers as selling_chats
from bot.screens.selling.chats import posting as selling_posts
from bot.screens.selling.customers import handlers as customers
from bot.screens.selling.desk import handlers as selling_desk
from bot.screens.selling.exports import handlers as selling_exports
from bot.screens.selling.giftcards import giving as credit_giving
from bot.screens.selling.giftcards import handlers as gift_cards
from bot.screens.selling.keys import adding as keys_adding
from bot.screens.selling.keys import handlers as keys_selling
from bot.screens.selling.keys import order_keys
from bot.screens.selling.letterhead import handlers as selling_letterhead
from bot.screens.selling.lists import handlers as selling_lists
from bot.screens.selling.lists import taken as selling_lists_taken
from bot.screens.selling.log import handlers as selling_log
from bot.screens.selling.messages import handlers as messages_selling
from bot.screens.selling.messages import saved as messages_saved
from bot.screens.selling.notes import handlers as selling_notes
from bot.screens.selling.orders import cancelling as selling_cancel
from bot.screens.selling.orders import carrying as selling_carrying
from bot.screens.selling.orders import completing as selling_complete
from bot.screens.selling.orders import declining as selling_decline
from bot.screens.selling.orders import finding as selling_find
from bot.screens.selling.orders import handlers as selling
from bot.screens.selling.orders import packing as selling_packing
from bot.screens.selling.orders import pricing as selling_pricing
from bot.screens.selling.orders import shipping as selling_shipping_orders
from bot.screens.selling.orders import timeline as selling_timeline
from bot.screens.selling.photos import handlers as photos
from bot.screens.selling.products import adding as products_add
from bot.screens.selling.products import caption as products_caption
from bot.screens.selling.products import duplicating as products_duplicate
from bot.screens.selling.products import editing as products_edit
from bot.screens.selling.products import handlers as products
from bot.screens.selling.products import linking as products_link
from bot.screens.selling.products import monthly as products_monthly
from bot.screens.selling.products import publishing as products_publishing
from bot.screens.selling.products import reducing as products_reduce
from bot.screens.selling.products import restocking as products_restock
from bot.screens.selling.products import stock_taking as products_stock
from bot.screens.selling.products import taxing as products_tax
from bot.screens.selling.products import variants as products_variants
from bot.screens.selling.promotions import codes as promotion_codes
from bot.screens.selling.promotions import editing as promotion_editing
from bot.screens.selling.promotions import handlers as promotions
from bot.screens.selling.promotions import making as promotion_making
from bot.screens.selling.promotions import scope as promotion_scope
from bot.screens.selling.promotions import uses as promotion_uses
from bot.screens.selling.refunds import handlers as refunds
from bot.screens.selling.refunds import lines as refund_lines
from bot.screens.selling.returns import beginning as returns_beginning
from bot.screens.selling.returns import handlers as selling_returns
from bot.screens.selling.returns import receiving as returns_receiving
from bot.screens.selling.reviews import handlers as reviews_selling
from bot.screens.selling.sales import handlers as selling_figures
from bot.screens.selling.settings import cover as selling_cover
from bot.screens.selling.settings import handlers as selling_settings
from bot.screens.selling.settings import shipping as selling_shipping
from bot.screens.selling.staff import handlers as selling_staff
from bot.screens.selling.staff import joining as selling_joining
from bot.screens.selling.staff import leaving as selling_leaving
from bot.screens.selling.subscribers import handlers as selling_subscribers
from bot.screens.selling.today import digest as selling_digest
from bot.screens.selling.today import handlers as selling_today
from bot.screens.selling.today import quiet as selling_quiet
from bot.screens.selling.translations import handlers as translations

HANDLERS: tuple[ModuleType, ...] = (
    start,
    catalogue,
    catalogue_sorting,
    discovering,
    search,
    inline,
    sharing,
    cart,
    cart_promo,
    cart_refilling,
    cart_reminding,
    favourites,
    buying_credit,
    checkout,
    checkout_now,
    checkout_present,
    checkout_agreeing,
    checkout_confirming,
    checkout_address,
    addresses,
    checkout_paying,
    payments,
    orders,
    order_requests,
    buying_subscriptions,
    selling_subscribers,
    buying_returns,
    selling_returns,
    returns_receiving,
    returns_beginning,
    receipts,
    reviews,
    reviews_news,
    reviews_selling,
    keys,
    keys_selling,
    keys_adding,
    order_keys,
    selling,
    promotions,
    promotion_making,
    promotion_editing,
    promotion_scope,
    promotion_uses,
    promotion_codes,
    gift_cards,
    credit_giving,
    broadcasts,
    broadcast_later,
    broadcast_people,
    news,
    selling_complete,
    selling_cancel,
    selling_decline,
    selling_pricing,
    selling_find,
    selling_packing,
    selling_notes,
    selling_timeline,
    selling_shipping_orders,
    selling_carrying,
    refunds,
    refund_lines,
    messages,
    messages_reading,
    messages_selling,
    selling_answers,
    messages_saved,
    notices,
    help,
    privacy,
    products,
    photos,
    products_add,
    products_caption,
    products_publishing,
    products_monthly,
    products_restock,
    products_stock,
    products_link,
    products_reduce,
    products_edit,
    products_duplicate,
    products_tax,
    products_variants,
    categories,
    categories_moving,
    translations,
    admins,
    dismissing,
    bans,
    selling_chats,
    customers,
    selling_letterhead,
    selling_lists,
    selling_lists_taken,
    selling_log,
    selling_settings,
    selling_cover,
    selling_shipping,
    selling_posts,
    selling_staff,
    selling_joining,
    selling_leaving,
    selling_figures,
    selling_exports,
    selling_today,
    selling_digest,
    selling_quiet,
    selling_desk,
    sure,
)


def join(modules: tuple[ModuleType, ...] = HANDLERS) -> Router:
    """One table of routes out of every module's `router`. Raises ValueError when two serve the same thing."""
    router = Router()
    for module in modules:
        router.include(module.router)
    return router
