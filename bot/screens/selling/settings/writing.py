"""Setting what was checked, at once for this process, and showing the setting as it stands then."""

from bot.routing.visit import Visit
from bot.screens.selling.settings import views
from bot.sending.reply import Screen
from shop.forms import dialogs
from shop.settings import changing
from shop.settings.known import Known
from shop.settings.states import Value


async def put(visit: Visit, one: Known, value: Value) -> Screen:
    """Set this, or say what is wrong with it."""
    if (problem := problem_of(visit, one, value)) is not None:
        return show(visit, one, note=problem)
    return await write(visit, one, value) or show(visit, one)


async def write(visit: Visit, one: Known, value: Value, *, finishing: str | None = None) -> Screen | None:
    """Set what was checked; None when the question that it is `finishing` is over."""
    below = visit.settings.state(one.key).below
    async with visit.db.begin() as session:
        if finishing and not await dialogs.finish(session, visit.user, finishing):
            return None
        await changing.set_value(session, visit.seller, one, value, below=below, now=visit.now())
    await visit.settings.follow()
    return show(visit, one, note=visit.words("✅ This holds from now on."))


def problem_of(visit: Visit, one: Known, value: Value) -> str | None:
    """What the rules of the file say against it."""
    wrong = visit.settings.check(one.key, value)
    if wrong is None:
        return None
    return views.problem(visit.words, wrong)


def show(visit: Visit, one: Known, *, note: str = "") -> Screen:
    """Draw the setting; `note` is what just happened."""
    return views.setting(visit.words, one, visit.settings, note=note)
