"""The page of one product: its words, price, photos, variants, stock and whether it is on sale."""

from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette_admin import CustomView, route

from db.models import Product, ProductKind
from shop import products
from shop.catalog.cards import Picture
from shop.catalog.categories import named_path
from shop.people.permissions import Permission, ask
from shop.products import photos, restock, stock_history, variants
from shop.products.draft import MOST_PHOTOS, read_label, read_price, read_quantity
from shop.products.owned import SEEING
from shop.refusals import CannotRead, Refusal
from web.desk.behind import behind, present, words
from web.desk.pieces import page, tell, warn
from web.desk.products import reading, saying, uploads
from web.desk.words import mark

MOVEMENTS = 12  # of the stock that are shown


class ProductOf(CustomView):
    """One product."""

    menu_label = mark("Product")
    path = "/products/{product_id:int}"
    add_to_menu = False

    def is_accessible(self, request: Request) -> bool:
        """Who sees to goods, to stock, or to promotion."""
        return present(request).may(*SEEING)

    @route("", methods=["GET", "POST"], name="product")
    async def index(self, request: Request) -> Response:
        """The page; or its words and price, changed."""
        if request.method != "POST":
            return await self._show(request)
        who, desk = present(request), behind(request)
        form = await request.form()
        try:
            async with desk.db.begin() as session:
                owned = await products.get_owned(session, who.acting, _number(request))
                changes = reading.changes(form, owned.product)
                await products.edit(session, who.acting, owned.product.id, changes, now=desk.now())
        except CannotRead as refusal:
            given = {name: str(value) for name, value in form.items()}
            wrong = {refusal.data["field"]: desk.say(words(request), refusal)}
            return await self._show(request, given=given, wrong=wrong, status=422)
        tell(request, words(request).plain("Saved."))
        return _again(request)

    @route("/stock", methods=["POST"], name="product-stock")
    async def stock(self, request: Request) -> Response:
        """So many more, or so many in all."""
        form = await request.form()
        change = ("=" if form.get("how") == "count" else "+") + str(form.get("amount", ""))[:20].strip()
        return await _do(
            request, lambda session, by, number, now: restock.restock(session, by, number, change, now=now)
        )

    @route("/standing", methods=["POST"], name="product-standing")
    async def standing(self, request: Request) -> Response:
        """On sale, off sale, or a draft again."""
        wanted = STANDING.get(str((await request.form()).get("to", "")))
        if wanted is None:
            raise HTTPException(400)
        return await _do(request, lambda session, by, number, now: wanted(session, by, number, now=now))

    @route("/variant", methods=["POST"], name="product-variant")
    async def variant(self, request: Request) -> Response:
        """One more variant; the first makes of the product the first of two."""
        form = await request.form()

        async def add(session: Any, by: Any, number: int, now: Any) -> None:
            owned = await products.get_owned(session, by, number)
            draft = variants.VariantDraft(
                label=read_label(reading.text(form, "label")),
                price=read_price(reading.text(form, "price"), owned.product.currency),
                quantity=read_quantity(reading.text(form, "quantity")),
                option_names=None if owned.is_parent else read_label(reading.text(form, "option_names")),
                first_label=None if owned.is_parent else read_label(reading.text(form, "first_label")),
            )
            made = await variants.add_variant(session, by, number, draft, now=now)
            leads.append(made.parent_id or number)

        leads: list[int] = []
        answer = await _do(request, add)
        if not leads:
            return answer
        return RedirectResponse(request.url_for("desk:product", product_id=leads[0]), status_code=303)

    @route("/photos", methods=["POST"], name="product-photos")
    async def photos(self, request: Request) -> Response:
        """A photo more, one in another place, or one less."""
        desk = behind(request)
        async with request.form() as form:
            which, file = str(form.get("mark", "")), form.get("photo")
            content = await file.read(uploads.LARGEST + 1) if isinstance(file, UploadFile) else None
        if content is not None:
            if desk.media is None:
                raise HTTPException(404)
            ask(present(request).acting, Permission.CATALOGUE)
            try:
                source = await uploads.keep(content, desk.media)
            except CannotRead:
                warn(request, words(request).plain("This is no photo that I can use: JPEG, PNG or WebP, up to 10 MB."))
                return _again(request)
            picture = Picture(None, None, source)
            return await _do(
                request, lambda session, by, number, now: photos.add_photo(session, by, number, picture, now=now)
            )
        if form.get("do") == "remove":
            return await _do(
                request, lambda session, by, number, now: photos.remove_photo(session, by, number, which, now=now)
            )
        place = int(place) if (place := str(form.get("place", ""))).isdecimal() and len(place) < 4 else 0  # noqa: PLR2004
        return await _do(
            request, lambda session, by, number, now: photos.place_photo(session, by, number, which, place, now=now)
        )

    @route("/photo/{mark}", name="product-photo")
    async def photo(self, request: Request) -> Response:
        """The picture itself, where it is in the folder of pictures."""
        who, desk = present(request), behind(request)
        async with desk.db.read() as session:
            product = (await products.get_owned(session, who.acting, _number(request))).product
            found = [one for one in await photos.photos_of(session, product) if one.mark == request.path_params["mark"]]
        source = found[0].source if found else None
        path = uploads.inside(desk.media, source) if desk.media is not None and source else None
        if path is None:
            raise HTTPException(404)
        return FileResponse(path, headers={"cache-control": "private, max-age=86400"})

    async def _show(
        self,
        request: Request,
        *,
        given: dict[str, str] | None = None,
        wrong: dict[str, str] | None = None,
        status: int = 200,
    ) -> Response:
        who, desk, spoken = present(request), behind(request), words(request)
        past: list[dict[str, str]] = []
        async with desk.db.read() as session:
            item = await products.get_owned(session, who.acting, _number(request))
            product = item.product
            category = await named_path(session, product.category_id) if product.category_id else ""
            pictures = await photos.photos_of(session, product)
            if who.may(Permission.STOCK) and not item.is_parent:
                found = await stock_history.history(session, who.acting, product.id, limit=MOVEMENTS)
                past = [saying.movement(spoken, one) for one in found.changes]
        context = {
            "title": _title(product),
            "item": item,
            "product": product,
            "row": saying.row(spoken, item),
            "standing": saying.standing(product),
            "given": {**saying.fields(item, category), **(given or {})},
            "wrong": wrong or {},
            "is_digital": product.kind is ProductKind.DIGITAL,
            "photos": [
                {**saying.photo(one, place, len(pictures) - 1), "here": bool(one.source and "://" not in one.source)}
                for place, one in enumerate(pictures)
            ],
            "may_upload": desk.media is not None and len(pictures) < MOST_PHOTOS,
            "variants": [saying.row(spoken, one) for one in item.variants],
            "past": past,
            "may_edit": who.may(Permission.CATALOGUE),
            "may_keys": who.may(Permission.STOCK) and not item.is_parent and product.kind is ProductKind.DIGITAL,
            "may_stock": who.may(Permission.STOCK) and not item.is_parent and product.pooled_at is None,
        }
        return page(request, self, "product.html", context, status)


STANDING: dict[str, Any] = {"sale": products.publish, "archive": products.archive, "draft": products.unpublish}


def _title(product: Product) -> str:
    return f"{product.name} · {product.option_label}" if product.parent_id is not None else product.name


def _number(request: Request) -> int:
    return int(request.path_params["product_id"])


async def _do(request: Request, act: Any) -> Response:
    """Do it in one transaction, and show the product as it is then, or why it was not done."""
    who, desk = present(request), behind(request)
    try:
        async with desk.db.begin() as session:
            await act(session, who.acting, _number(request), desk.now())
    except Refusal as refusal:
        warn(request, desk.say(words(request), refusal))
        return _again(request)
    tell(request, words(request).plain("Saved."))
    return _again(request)


def _again(request: Request) -> Response:
    return RedirectResponse(request.url_for("desk:product", product_id=_number(request)), status_code=303)
