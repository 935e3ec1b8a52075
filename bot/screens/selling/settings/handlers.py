"""/settings: operators set in the chat what the configuration file says otherwise."""

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.selling.settings import views
from bot.screens.selling.settings.buttons import (
    EmptySetting,
    LeaveSetting,
    OpenSetting,
    OpenSettings,
    SetChoice,
    SetSwitch,
    SetWay,
    WriteSetting,
)
from bot.screens.selling.settings.reading import Unusable, read
from bot.screens.selling.settings.writing import problem_of, put, show, write
from bot.sending.reply import Reply, Screen
from bot.words import mark
from db.models import Dialog
from shop.forms import dialogs
from shop.settings import changing
from shop.settings.known import BY_KEY, Form, Known, called

KIND = "setting"
WAYS = BY_KEY["payments.off"]

TAPPED = {Form.SWITCH, Form.WAYS, Form.CHOICE, Form.SHIPPING, Form.PICTURE}  # nothing is written there

router = Router()


@router.command("settings", for_="operator", about=mark("Settings of the shop"), otherwise="privacy")
async def settings(visit: Visit, _argument: str) -> Reply:
    """What can be set, by subject."""
    return views.overview(visit.words, visit.settings)


@router.button(OpenSettings, for_="operator")
async def open_settings(visit: Visit, pressed: OpenSettings) -> Reply:
    """The subjects, or one of them."""
    if pressed.subject is None:
        return views.overview(visit.words, visit.settings)
    return views.subject(visit.words, pressed.subject, visit.settings)


@router.button(OpenSetting, for_="operator")
async def open_setting(visit: Visit, pressed: OpenSetting) -> Reply:
    """One setting."""
    one = called(pressed.name)
    return views.overview(visit.words, visit.settings) if one is None else show(visit, one)


@router.button(WriteSetting, for_="operator", asks=KIND)
async def write_setting(visit: Visit, pressed: WriteSetting) -> Reply:
    """Ask what it shall be."""
    one = called(pressed.name)
    if one is None or one.form in TAPPED:
        return views.overview(visit.words, visit.settings)
    return await _ask(visit, one)


@router.button(SetSwitch, for_="operator")
async def set_switch(visit: Visit, pressed: SetSwitch) -> Reply:
    """On or off, as the key said."""
    one = called(pressed.name)
    if one is None or one.form is not Form.SWITCH:
        return views.overview(visit.words, visit.settings)
    return await put(visit, one, pressed.on)


@router.button(SetChoice, for_="operator")
async def set_choice(visit: Visit, pressed: SetChoice) -> Reply:
    """As the key said."""
    one = called(pressed.name)
    if one is None or pressed.choice not in one.choices:
        return views.overview(visit.words, visit.settings)
    return await put(visit, one, pressed.choice)


@router.button(SetWay, for_="operator")
async def set_way(visit: Visit, pressed: SetWay) -> Reply:
    """Offered or not; only what the file configures can be."""
    if pressed.way not in visit.settings.configured:
        return show(visit, WAYS)
    present = visit.settings.state(WAYS.key).value
    off = set(present) if isinstance(present, list) else set[str]()
    off = off - {pressed.way} if pressed.on else off | {pressed.way}
    if not pressed.on and off.issuperset(visit.settings.configured):
        return show(visit, WAYS, note=visit.words("⚠️ One way to pay must stay on: otherwise nobody can order."))
    return await put(visit, WAYS, sorted(off))


@router.button(EmptySetting, for_="operator")
async def empty_setting(visit: Visit, pressed: EmptySetting) -> Reply:
    """Nothing is said there any more."""
    one = called(pressed.name)
    if one is None or not one.may_be_empty:
        return views.overview(visit.words, visit.settings)
    return await put(visit, one, [] if one.form in {Form.HOURS, Form.RATES} else "")


@router.button(LeaveSetting, for_="operator")
async def leave_setting(visit: Visit, pressed: LeaveSetting) -> Reply:
    """The configuration holds again."""
    one = called(pressed.name)
    if one is None:
        return views.overview(visit.words, visit.settings)
    below = visit.settings.state(one.key).below
    async with visit.db.begin() as session:
        await changing.leave(session, visit.seller, one, below=below, now=visit.now())
    await visit.settings.follow()
    return show(visit, one, note=visit.words("✅ The configuration holds again."))


async def once_more(visit: Visit, dialog: Dialog) -> Reply | None:
    """The question again."""
    one = called(str(dialog.data.get("name")))
    return None if one is None else await _ask(visit, one)


@router.dialog(KIND, for_="operator", leaves=CLOSES, again=once_more)
async def written(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """What it shall be; what cannot be used leaves the question open."""
    one = called(str(dialog.data.get("name")))
    if one is None:
        return None
    value = read(visit.words, one, said.text)
    if isinstance(value, Unusable):
        return await _ask(visit, one, problem=value.why)
    if (problem := problem_of(visit, one, value)) is not None:
        return await _ask(visit, one, problem=problem)
    return await write(visit, one, value, finishing=KIND)


async def _ask(visit: Visit, one: Known, *, problem: str = "") -> Screen:
    async with visit.db.begin() as session:
        await dialogs.start(session, visit.user, KIND, "text", {"name": one.name}, now=visit.now())
    return views.ask(visit.words, one, visit.settings.state(one.key), problem=problem)
