"""/privacy: what is kept about a person, in plain words; as a file; and the end of it."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.ext.asyncio import AsyncSession

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.privacy import views
from bot.screens.buying.privacy.buttons import DeleteAccount, OpenPrivacy, TakeData
from bot.screens.parts.sure import SURE, agreed, ask
from bot.sending.reply import Document, Reply, Several
from bot.words import mark
from db.models import Departure
from shop.privacy import departing, holdings, scrubbing, taking_along
from shop.privacy.departing import Obstacles

LARGEST = 45 * 1024 * 1024  # bytes; Telegram takes 50 MB
FILE = "my-data.zip"

router = Router()
_few_at_a_time = asyncio.Semaphore(2)  # writing a file takes a processor


@router.command("privacy", about=mark("Your data: see it, take it along, delete it"), also="data mydata gdpr deleteme")
async def privacy_command(visit: Visit, _argument: str) -> Reply:
    """What is kept."""
    return await open_privacy(visit, OpenPrivacy())


@router.button(OpenPrivacy)
async def open_privacy(visit: Visit, _pressed: OpenPrivacy) -> Reply:
    """What is kept, and how long."""
    async with visit.db.read() as session:
        held = await holdings.look(session, visit.user.id)
    return views.kept(visit.words, visit.user, held, visit.policy)


@router.button(TakeData)
async def take_data(visit: Visit, _pressed: TakeData) -> Reply:
    """A file with everything about this person, and nothing about another."""
    async with _few_at_a_time:
        with TemporaryDirectory() as folder:
            path = Path(folder) / FILE
            counts = await taking_along.write_file(visit.db, visit.user.id, path)
            if path.stat().st_size > LARGEST:
                return views.too_large(visit.words)
            content = await asyncio.to_thread(path.read_bytes)
    again = await open_privacy(visit, OpenPrivacy())
    return Several((Document(FILE, content, views.caption(visit.words, sum(counts.values()))), again))


@router.button(DeleteAccount, asks=SURE, within=SURE)
async def delete_account(visit: Visit, pressed: DeleteAccount) -> Reply:
    """Say what would happen, then do it; nothing that is under way is left behind."""
    now, operators = visit.now(), visit.policy.operators
    async with visit.db.read() as session:
        found = await departing.look(session, visit.user, operators=operators, now=now)
        held = await holdings.look(session, visit.user.id)
    if found:
        return views.obstacles(visit.words, found)
    yes = DeleteAccount(pressed.reviews, sure=True)
    if not pressed.sure or await agreed(visit, pressed, _seen(held)) is None:
        async with visit.db.begin() as session:
            await ask(session, visit, yes, _seen(held))
        return views.sure(visit.words, found, held, visit.policy, reviews=pressed.reviews, again=pressed.sure)
    found = await visit.db.transact(lambda session: _depart(session, visit, keep_reviews=pressed.reviews))
    if found:
        return views.obstacles(visit.words, found)
    visit.forget_person()
    visit.glances.forget(visit.user.id)
    async with visit.db.read() as session:
        departure = await session.get_one(Departure, visit.user.id)
    await scrubbing.scrub(visit.db, departure, visit.clock, visit.policy)
    return views.gone(visit.words)


async def _depart(session: AsyncSession, visit: Visit, *, keep_reviews: bool) -> Obstacles:
    return await departing.depart(
        session, visit.user.id, keep_reviews=keep_reviews, operators=visit.policy.operators, now=visit.now()
    )


def _seen(held: holdings.Holdings) -> str:
    """What the question speaks of: with another order or review it is asked anew."""
    return f"{held.orders}:{held.reviews}:{held.credits}"
