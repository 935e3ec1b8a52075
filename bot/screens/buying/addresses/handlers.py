"""A person's addresses: the list, the usual one, and forgetting one; they are written in the form of the checkout."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.addresses import views
from bot.screens.buying.addresses.buttons import ForgetAddress, ListAddresses, OpenAddress, UseAddress
from bot.screens.parts.sure import SURE, agreed, ask
from bot.sending.reply import Reply
from bot.words import mark
from shop.people import addresses

router = Router()


@router.command("addresses", about=mark("Your addresses"), also="address")
async def addresses_command(visit: Visit, _argument: str) -> Reply:
    """Where things are sent."""
    return await list_addresses(visit, ListAddresses())


@router.button(ListAddresses)
async def list_addresses(visit: Visit, pressed: ListAddresses) -> Reply:
    """A page of them."""
    async with visit.db.read() as session:
        known = await addresses.list_addresses(session, visit.user.id)
    return views.addresses(visit.words, known, pressed.page)


@router.button(OpenAddress)
async def open_address(visit: Visit, pressed: OpenAddress) -> Reply:
    """One of them."""
    async with visit.db.read() as session:
        return views.address(visit.words, await addresses.get_address(session, visit.user.id, pressed.address_id))


@router.button(UseAddress)
async def use_address(visit: Visit, pressed: UseAddress) -> Reply:
    """The usual one from now on."""
    async with visit.db.begin() as session:
        await addresses.make_default(session, visit.user.id, pressed.address_id)
    return await list_addresses(visit, ListAddresses())


@router.button(ForgetAddress, asks=SURE, within=SURE)
async def forget_address(visit: Visit, pressed: ForgetAddress) -> Reply:
    """Forget it, after asking back."""
    async with visit.db.read() as session:
        one = await addresses.get_address(session, visit.user.id, pressed.address_id)
    yes = ForgetAddress(one.id, sure=True)
    if not pressed.sure or await agreed(visit, yes, str(one.id)) is None:
        async with visit.db.begin() as session:
            await ask(session, visit, yes, str(one.id))
        return views.sure_to_forget(visit.words, one)
    async with visit.db.begin() as session:
        await addresses.forget(session, visit.user.id, one.id)
        known = await addresses.list_addresses(session, visit.user.id)
    return views.addresses(visit.words, known, 0, toast=visit.words.plain("It is forgotten."))
