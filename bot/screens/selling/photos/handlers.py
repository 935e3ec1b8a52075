"""Adding, ordering and deleting a product's photos; an album comes as one message a photo, and is answered by one."""

from msgspec.structs import replace

from bot.routing.router import CLOSES, MORE, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.parts import sure
from bot.screens.selling.photos import views
from bot.screens.selling.photos.buttons import FORM, OpenPhotos, PlacePhoto, RemovePhoto
from bot.sending.reply import Reply, Screen
from db.models import Dialog, Permission
from shop import products
from shop.catalog.cards import Picture
from shop.forms import dialogs
from shop.products import photos
from shop.products.draft import MOST_PHOTOS
from shop.products.owned import OwnedProduct
from shop.products.photos import Pictures
from shop.refusals import CannotRead

router = Router()


@router.button(OpenPhotos, for_="owner", needs=Permission.CATALOGUE, asks=FORM)
async def open_photos(visit: Visit, pressed: OpenPhotos) -> Reply:
    """A product's photos; those that are sent next are added."""
    return await show(visit, pressed.product_id, pressed.mark)


@router.button(PlacePhoto, for_="owner", needs=Permission.CATALOGUE, asks=FORM)
async def place_photo(visit: Visit, pressed: PlacePhoto) -> Reply:
    """It shall stand there."""
    async with visit.db.begin() as session:
        await photos.place_photo(
            session, visit.seller, pressed.product_id, pressed.mark, pressed.place, now=visit.now()
        )
    return await show(visit, pressed.product_id, pressed.mark)


@router.button(RemovePhoto, for_="owner", needs=Permission.CATALOGUE, asks=FORM, within=sure.SURE)
async def remove_photo(visit: Visit, pressed: RemovePhoto) -> Reply:
    """It shall go, after asking back."""
    item, pictures = await _load(visit, pressed.product_id)
    at = _at(pictures, pressed.mark)
    if at is None:
        return await show(visit, pressed.product_id, note=visit.words("It is not there any more."))
    yes = replace(pressed, sure=True)
    if not pressed.sure or await sure.agreed(visit, yes, pressed.mark) is None:
        async with visit.db.begin() as session:
            await sure.ask(session, visit, yes, pressed.mark)
        return views.sure(visit.words, item, pictures, at, bot_id=visit.bot_id)
    async with visit.db.begin() as session:
        left = await photos.remove_photo(session, visit.seller, pressed.product_id, pressed.mark, now=visit.now())
    mark = left[min(at, len(left) - 1)].mark if left else None
    return await show(visit, pressed.product_id, mark, note=visit.words("🗑 Deleted."))


async def once_more(visit: Visit, dialog: Dialog) -> Reply | None:
    """The photos again, as long as photos are asked for."""
    return None if dialog.step == MORE else await show(visit, int(dialog.data["product_id"]))


@router.dialog(FORM, for_="owner", needs=Permission.CATALOGUE, leaves=CLOSES, again=once_more, takes="anything")
async def photo_sent(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """One more photo; with a caption that begins no album it is a new product."""
    follows = said.album is not None and said.album == dialog.data.get("album")
    if said.photo_file_id is None:
        if dialog.step == MORE:
            return None
        raise CannotRead(field="photo", given=said.text, hint="photo")
    if said.text and said.album is None:
        return None
    product_id, picture = int(dialog.data["product_id"]), Picture(said.photo_file_id, visit.bot_id, None)
    note = ""
    try:
        async with visit.db.begin() as session:
            pictures = await photos.add_photo(session, visit.seller, product_id, picture, now=visit.now())
    except CannotRead:
        note = "⚠️ " + visit.words.n(
            "A product has at most {n} photo. Delete one to add another.",
            "A product has at most {n} photos. Delete one to add another.",
            MOST_PHOTOS,
        )
        _, pictures = await _load(visit, product_id)
    mark = pictures[-1].mark if note else picture.mark
    screen = await show(visit, product_id, mark, note=note or visit.words("🖼 Added."), album=said.album)
    return replace(screen, instead_of=dialog.message_id) if follows else screen


async def show(
    visit: Visit, product_id: int, mark: str | None = None, *, note: str = "", album: str | None = None
) -> Screen:
    """The photos of a product, and the wish for more; `album` is the one that is arriving. Raises NotFound."""
    async with visit.db.begin() as session:
        item = await products.get_owned(session, visit.seller, product_id)
        pictures = await photos.photos_of(session, item.product)
        step, data = (MORE, {"album": album}) if album is not None else ("photos", {})
        await dialogs.start(session, visit.user, FORM, step, {**data, "product_id": product_id}, now=visit.now())
    return views.photos(visit.words, item, pictures, _at(pictures, mark) or 0, bot_id=visit.bot_id, note=note)


def _at(pictures: Pictures, mark: str | None) -> int | None:
    return next((place for place, one in enumerate(pictures) if one.mark == mark), None)


async def _load(visit: Visit, product_id: int) -> tuple[OwnedProduct, Pictures]:
    async with visit.db.read() as session:
        item = await products.get_owned(session, visit.seller, product_id)
        return item, await photos.photos_of(session, item.product)
