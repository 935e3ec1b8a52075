"""The class of tax of a product: one of those that the shop has rates for, or none at all."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.selling.products import taxing_views as views
from bot.screens.selling.products.handlers import show
from bot.screens.selling.products.tax_buttons import OpenTaxClass, SetTaxClass
from bot.sending.reply import Reply
from db.models import Permission
from shop import products
from shop.products import ProductChanges

router = Router()


@router.button(OpenTaxClass, for_="owner", needs=Permission.CATALOGUE)
async def open_tax_class(visit: Visit, pressed: OpenTaxClass) -> Reply:
    """The classes that there are."""
    async with visit.db.read() as session:
        item = await products.get_owned(session, visit.seller, pressed.product_id)
    return views.classes(visit.words, item, visit.policy.tax)


@router.button(SetTaxClass, for_="owner", needs=Permission.CATALOGUE)
async def set_tax_class(visit: Visit, pressed: SetTaxClass) -> Reply:
    """From the next order on; those that were placed keep theirs."""
    if pressed.tax_class not in visit.policy.tax.classes:
        return await open_tax_class(visit, OpenTaxClass(pressed.product_id))
    async with visit.db.begin() as session:
        changes = ProductChanges(tax_class=pressed.tax_class)
        await products.edit(session, visit.seller, pressed.product_id, changes, now=visit.now())
    return await show(visit, pressed.product_id, note=visit.words("✅ Changed."))
