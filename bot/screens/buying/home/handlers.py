"""Coming in: the first screen, and the language."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.home.buttons import ChooseLanguage, Nothing, OpenHome, OpenLanguages
from bot.screens.buying.home.going_on import going_on
from bot.screens.buying.home.views import home as home_view
from bot.screens.buying.home.views import languages_screen
from bot.screens.parts.opening_lines import opening_lines
from bot.screens.parts.staff_rows import staff_rows
from bot.screens.selling.orders.buttons import ListSales
from bot.sending.pictures import cover_of
from bot.sending.reply import Key, Keyboard, Reply, Several, Silence
from bot.words import Html, Words, languages, mark, words_for
from db.models import OrderStatus
from shop import orders
from shop.orders.reading import SEEING
from shop.people import at_home, users
from shop.settings.opening import standing

MOST = 99  # orders to do that are counted

router = Router()


@router.command("start", about=mark("Open the shop"), also="home menu")
async def start(visit: Visit, _argument: str) -> Reply:
    """Greet by name; who sells has their commands beside the text field from this word on."""
    home = await _home(visit, visit.words)
    return Several((home, visit.menu())) if visit.sells else home


@router.button(OpenHome)
async def open_home(visit: Visit, _pressed: OpenHome) -> Reply:
    """The first screen."""
    return await _home(visit, visit.words)


@router.command("language", about=mark("Choose the language"), also="lang languages")
async def language(visit: Visit, _argument: str) -> Reply:
    """Which languages there are."""
    return languages_screen(visit.words, languages())


@router.button(OpenLanguages)
async def open_languages(visit: Visit, _pressed: OpenLanguages) -> Reply:
    """Which languages there are."""
    return languages_screen(visit.words, languages())


@router.button(ChooseLanguage)
async def choose_language(visit: Visit, pressed: ChooseLanguage) -> Reply:
    """Speak this language from now on."""
    words = words_for(pressed.language, visit.policy.timezone)
    async with visit.db.begin() as session:
        await users.set_language(session, visit.user.id, words.language, now=visit.now())
    visit.forget_person()
    return Several((await _home(visit, words), visit.menu(language=words.language)))


@router.button(Nothing, stays=True)
async def nothing(_visit: Visit, _pressed: Nothing) -> Reply:
    """A label was tapped."""
    return Silence()


async def _selling(visit: Visit, words: Words) -> Keyboard:
    if not visit.sells:
        return ()
    rows = staff_rows(words, is_operator=visit.is_operator, is_staff=visit.seller.is_staff)
    if not visit.seller.may(*SEEING):
        return rows
    async with visit.db.read() as session:
        waiting = await orders.count_to_do(session, visit.seller, most=MOST + 1)
    label = words.plain("🧾 Orders to do")
    if waiting:
        label += f" ({words.number(waiting)})" if waiting <= MOST else f" ({words.number(MOST)}+)"
    to_do = Key(label, ListSales(OrderStatus.PROCESSING))
    return ((to_do,), *rows)


async def _home(visit: Visit, words: Words) -> Reply:
    person = await at_home.look(visit.db, visit.user)
    opening = opening_lines(words, standing(visit.policy, visit.now()))
    return home_view(
        words,
        name=visit.user.name,
        shop_name=visit.policy.shop_name,
        says=[part for part in (Html.escape(visit.policy.greeting_in(words.language)), opening) if part],
        units=person.units,
        waiting=going_on(words, person.waiting),
        more=await _selling(visit, words),
        cover=cover_of(visit.policy, visit.bot_id),
    )
