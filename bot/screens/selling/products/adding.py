"""A new product by a form in steps; every answer is a row at once, so a restart loses nothing."""

from contextlib import suppress
from typing import Any

from markupsafe import escape
from msgspec.structs import replace

from bot.routing.router import WAITS, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.parts.hints import hint
from bot.screens.selling.products import form_views as views
from bot.screens.selling.products.buttons import (
    AddProduct,
    FormAnew,
    FormCancel,
    FormCategories,
    FormCategory,
    FormKeep,
    FormKind,
    FormSell,
    FormSkip,
    FormStep,
)
from bot.screens.selling.products.caption import offer
from bot.screens.selling.products.category_keys import level
from bot.screens.selling.products.handlers import choose, show
from bot.sending.reply import Reply, Screen, Silence
from bot.words import mark
from db.models import Dialog, Permission, ProductKind
from db.money import STARS
from shop import products
from shop.catalog.categories import named_path
from shop.forms import dialogs
from shop.ports import OrderFacts
from shop.products.draft import parse_caption
from shop.products.form import (
    ALBUM,
    MORE_PHOTOS,
    REVIEWING,
    Step,
    accept,
    count_photos,
    draft_of,
    following,
    with_photo,
)
from shop.refusals import CannotRead

KIND = "add_product"

router = Router()


@router.command(
    "addproduct", for_="owner", needs=Permission.CATALOGUE, about=mark("Put a new product on sale"), asks=KIND
)
async def command(visit: Visit, argument: str) -> Reply:
    """`/addproduct` begins the form; `/addproduct Name; price; quantity; category` needs none."""
    if not argument:
        return await add_product(visit, AddProduct())
    try:
        draft = parse_caption(argument, visit.policy.currency)
    except CannotRead as refused:
        return await _begin(visit, note="⚠️ " + escape(hint(visit.words, refused.data)))
    return await offer(visit, draft)


@router.button(AddProduct, for_="owner", needs=Permission.CATALOGUE, asks=KIND)
async def add_product(visit: Visit, _pressed: AddProduct) -> Reply:
    """Begin the form, or go on with it."""
    async with visit.db.begin() as session:
        dialog = await dialogs.take_up(session, visit.user, KIND, now=visit.now())
    if dialog is None or _is_empty(dialog):
        return await _begin(visit)
    return views.go_on(visit.words, await _ask(visit, Step(dialog.step), dialog.data))


@router.button(FormAnew, for_="owner", needs=Permission.CATALOGUE, asks=KIND, within=KIND)
async def form_anew(visit: Visit, _pressed: FormAnew) -> Reply:
    """Forget what was said."""
    return await _begin(visit)


@router.button(FormCancel, for_="owner", needs=Permission.CATALOGUE, within=KIND)
async def form_cancel(visit: Visit, _pressed: FormCancel) -> Reply:
    """No new product after all."""
    async with visit.db.begin() as session:
        await dialogs.finish(session, visit.user, KIND)
    return await choose(visit)


@router.button(FormStep, for_="owner", needs=Permission.CATALOGUE, within=KIND)
async def form_step(visit: Visit, pressed: FormStep) -> Reply:
    """Go to a step: back, or to a correction."""
    dialog = await _current(visit)
    return await (_over(visit) if dialog is None else _go(visit, pressed.step, dialog.data))


@router.button(FormSkip, for_="owner", needs=Permission.CATALOGUE, within=KIND)
async def form_skip(visit: Visit, pressed: FormSkip) -> Reply:
    """Go on without an answer, or with the one given before."""
    dialog = await _current(visit)
    return await (_over(visit) if dialog is None else _go(visit, following(dialog.data, pressed.step), dialog.data))


@router.button(FormCategory, for_="owner", needs=Permission.CATALOGUE, within=KIND)
async def form_category(visit: Visit, pressed: FormCategory) -> Reply:
    """A category that exists."""
    async with visit.db.read() as session:
        path = await named_path(session, pressed.category_id)
    return await _take(visit, Step.CATEGORY, path)


@router.button(FormCategories, for_="owner", needs=Permission.CATALOGUE, within=KIND)
async def form_categories(visit: Visit, pressed: FormCategories) -> Reply:
    """Another level, or another page, of the tree."""
    dialog = await _current(visit)
    if dialog is None or dialog.step != Step.CATEGORY:
        return await (_over(visit) if dialog is None else _ask(visit, Step(dialog.step), dialog.data))
    return await _ask(visit, Step.CATEGORY, dialog.data, below=pressed.below, page=pressed.page)


@router.button(FormKind, for_="owner", needs=Permission.CATALOGUE, within=KIND)
async def form_kind(visit: Visit, pressed: FormKind) -> Reply:
    """Something to send, or digital."""
    kind = ProductKind.DIGITAL if pressed.digital and _takes_stars(visit) else ProductKind.PHYSICAL
    return await _take(visit, Step.KIND, kind.value)


@router.button(FormSell, for_="owner", needs=Permission.CATALOGUE, within=KIND)
async def form_sell(visit: Visit, _pressed: FormSell) -> Reply:
    """Put it on sale."""
    return await _end(visit, published=True)


@router.button(FormKeep, for_="owner", needs=Permission.CATALOGUE, within=KIND)
async def form_keep(visit: Visit, _pressed: FormKeep) -> Reply:
    """Keep it as a draft, to be published later."""
    return await _end(visit, published=False)


async def _end(visit: Visit, *, published: bool) -> Reply:
    """The form ends and the product begins in one transaction, so a second tap finds no form."""
    async with visit.db.begin() as session:
        dialog = await dialogs.current(session, visit.user)
        draft = draft_of(dialog.data, visit.policy.currency) if dialog is not None and dialog.kind == KIND else None
        product = None
        if draft is not None and await dialogs.finish(session, visit.user, KIND):
            product = await products.create(
                session,
                visit.seller,
                draft,
                low_stock_at=visit.policy.low_stock_at,
                published=published,
                now=visit.now(),
            )
    if product is not None:
        note = visit.words("✅ On sale.") if published else visit.words("📝 Kept as a draft. No customer sees it.")
        return await show(visit, product.id, note=note)
    if dialog is None or dialog.kind != KIND:
        return await _over(visit)
    missing = following({**dialog.data, REVIEWING: True}, Step.PREVIEW)
    return await _go(visit, missing, dialog.data)


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question at which it stands."""
    return await _ask(visit, Step(dialog.step), dialog.data)


@router.dialog(KIND, for_="owner", needs=Permission.CATALOGUE, leaves=WAITS, again=once_more, takes="anything")
async def answer(visit: Visit, dialog: Dialog, said: Said) -> Reply:
    """An answer, or a picture at any step."""
    step = Step(dialog.step)
    if said.photo_file_id is not None:
        return await _take_photo(visit, dialog, said)
    try:
        answers = accept(dialog.data, step, said.text, visit.policy.currency)
    except CannotRead as refused:
        return await _ask(visit, step, dialog.data, note="⚠️ " + escape(hint(visit.words, refused.data)))
    return await _go(visit, following(answers, step), answers)


async def _take_photo(visit: Visit, dialog: Dialog, said: Said) -> Reply:
    step = Step(dialog.step)
    answers: dict[str, Any] = {**dialog.data, "bot_id": visit.bot_id, ALBUM: said.album}
    if step is not Step.PHOTO:
        answers = with_photo(answers, said.photo_file_id or "")
        if said.album is not None and said.album == dialog.data.get(ALBUM):
            return await _go_silently(visit, step, answers)
        taken = visit.words.n("🖼 Picture taken.", "🖼 {n} pictures taken.", count_photos(answers))
        return await _go(visit, step, answers, note=taken)
    answers |= {Step.PHOTO: said.photo_file_id, MORE_PHOTOS: []}
    with suppress(CannotRead):  # whoever captions the picture as in the quick way has answered four questions
        draft = parse_caption(said.text, visit.policy.currency)
        answers |= {Step.NAME: draft.name, Step.PRICE: draft.price, Step.STOCK: draft.quantity}
        answers[Step.CATEGORY] = draft.category
        step = Step.STOCK
    return await _go(visit, following(answers, step), answers)


async def _take(visit: Visit, step: Step, value: str) -> Reply:
    dialog = await _current(visit)
    if dialog is None:
        return await _over(visit)
    answers = {**dialog.data, step: value}
    return await _go(visit, following(answers, step), answers)


async def _begin(visit: Visit, *, note: str = "") -> Screen:
    async with visit.db.begin() as session:
        await dialogs.start(session, visit.user, KIND, Step.PHOTO, {}, now=visit.now())
    return await _ask(visit, Step.PHOTO, {}, note=note)


async def _go(visit: Visit, step: Step, answers: dict[str, Any], *, note: str = "") -> Screen:
    if step is Step.PREVIEW:
        answers = {**answers, REVIEWING: True}
        step = following(answers, Step.PREVIEW)
    async with visit.db.begin() as session:
        await dialogs.update(session, visit.user, kind=KIND, step=step, data=answers, now=visit.now())
    return await _ask(visit, step, answers, note=note)


async def _go_silently(visit: Visit, step: Step, answers: dict[str, Any]) -> Reply:
    """Keep what came; the question stands as it is, but for the preview, which shows how many photos there are."""
    async with visit.db.begin() as session:
        dialog = await dialogs.current(session, visit.user)
        await dialogs.update(session, visit.user, kind=KIND, step=step, data=answers, now=visit.now())
    if step is not Step.PREVIEW or dialog is None:
        return Silence()
    return replace(await _ask(visit, step, answers), instead_of=dialog.message_id)


async def _ask(
    visit: Visit, step: Step, answers: dict[str, Any], *, note: str = "", below: int = 0, page: int = 0
) -> Screen:
    if step is Step.PREVIEW:
        draft = draft_of(answers, visit.policy.currency)
        if draft is not None:
            return views.preview(visit.words, answers, draft, note=note)
        step = Step.PHOTO
    shown = None
    if step is Step.CATEGORY:
        async with visit.db.read() as session:
            shown = await level(session, below, page)
    return views.question(
        visit.words,
        step,
        answers,
        currency=visit.policy.currency,
        level=shown,
        digital=_takes_stars(visit),
        note=note,
    )


async def _current(visit: Visit) -> Dialog | None:
    async with visit.db.read() as session:
        dialog = await dialogs.current(session, visit.user)
    return dialog if dialog is not None and dialog.kind == KIND else None


def _is_empty(dialog: Dialog) -> bool:
    return not dialog.data and dialog.step == Step.PHOTO


async def _over(visit: Visit) -> Reply:
    return await choose(visit, lead=visit.words("This form is over."))


def _takes_stars(visit: Visit) -> bool:
    facts = OrderFacts(ProductKind.DIGITAL, STARS, 1)
    return any(provider.accepts(facts) for provider in visit.providers.values())
