"""What a product is called in other languages: its name and description for whoever reads in them."""

from starlette.requests import Request
from starlette.responses import Response
from starlette_admin import CustomView, route

from db.models import Product
from db.texts import LANGUAGES, Said, texts_of
from shop import products
from shop.people.permissions import Permission
from shop.products.draft import DESCRIPTION_LIMIT, NAME_LIMIT, read_description, read_name
from shop.products.translating import translate
from shop.refusals import CannotRead, NotFound
from web.desk.behind import behind, present, words
from web.desk.pieces import page, tell, to
from web.desk.products import reading
from web.desk.words import mark


class ProductLanguages(CustomView):
    """The page of them."""

    menu_label = mark("Product")
    path = "/products/{product_id:int}/languages"
    add_to_menu = False

    def is_accessible(self, request: Request) -> bool:
        """Who sees to goods."""
        return present(request).may(Permission.CATALOGUE)

    @route("", methods=["GET", "POST"], name="product-languages")
    async def index(self, request: Request) -> Response:
        """All languages at once; sent back, those that the form has."""
        who, desk = present(request), behind(request)
        number = int(request.path_params["product_id"])
        async with desk.db.read() as session:
            product = (await products.get_owned(session, who.acting, number)).product
        if product.parent_id is not None:
            raise NotFound(product_id=number)
        if request.method != "POST":
            return self._show(request, product, {}, {})
        form = await request.form()
        given = {name: reading.text(form, name) for name in form}
        wrong: dict[str, str] = {}
        wanted: dict[str, Said] = {}
        for language in LANGUAGES:
            name, description = given.get(f"name_{language}"), given.get(f"description_{language}")
            if name is None or description is None:
                continue
            field = f"name_{language}"
            try:
                read = read_name(name) if name.strip() else ""
                field = f"description_{language}"
                wanted[language] = Said(read, read_description(description) if description.strip() else "")
            except CannotRead as refusal:
                wrong[field] = desk.say(words(request), refusal)
        if wrong:
            return self._show(request, product, given, wrong, 422)
        async with desk.db.begin() as session:
            for language, said in wanted.items():
                await translate(session, who.acting, number, language, said, now=desk.now())
        tell(request, words(request).plain("Saved."))
        return to(request, "product-languages", product_id=number)

    def _show(
        self, request: Request, product: Product, given: dict[str, str], wrong: dict[str, str], status: int = 200
    ) -> Response:
        spoken, texts = words(request), texts_of(product.texts)
        fields: dict[str, str] = {}
        for language in LANGUAGES:
            said = texts.get(language, Said())
            fields |= {f"name_{language}": said.name, f"description_{language}": said.description}
        context = {
            "title": product.name,
            "product": product,
            "languages": [
                (code, spoken.name_of(code), bool(fields[f"name_{code}"] or fields[f"description_{code}"]))
                for code in LANGUAGES
            ],
            "given": {**fields, **given},
            "wrong": wrong,
            "most_name": NAME_LIMIT,
            "most": DESCRIPTION_LIMIT,
        }
        return page(request, self, "product_languages.html", context, status)
