"""The shop is killed in the middle (kill -9) and started again: everybody goes on where they were."""

from db.session import Database
from shop import doctor
from shop.clock import SystemClock
from simulator.server import Simulator
from tests.world.goods import a_category, a_product
from tests.world.guests import Guest
from tests.world.people import ANN, OLGA, user
from tests.world.process import Process, running


async def stocked(url: str) -> None:
    """Olga sells a tea."""
    db = Database(url)
    now = SystemClock().now()
    async with db.begin() as session:
        await user(session, OLGA, now=now)
        await a_product(session, "Green tea", stock=3, category=await a_category(session, "Tea"), now=now)
    await db.close()


async def promises_hold(url: str) -> None:
    """The doctor finds nothing."""
    db = Database(url)
    async with db.read() as session:
        findings = await doctor.check(session, now=SystemClock().now())
    await db.close()
    assert not findings, findings


async def killed_and_back(process: Process) -> None:
    """Kill it, start it again."""
    await process.kill()
    await process.start()


async def sees(guest: Guest, simulator: Simulator, words: str) -> None:
    """Wait for words that come by themselves."""
    await simulator.wait_for(guest.id, lambda chat: chat.shows(words), 60)


async def test_a_form_a_checkout_and_a_payment_go_on_after_kill_nine(database_url: str) -> None:
    await stocked(database_url)

    async with Simulator() as simulator, running(database_url, simulator) as process:

        async def settle() -> None:
            """Wait until whoever wrote has an answer: that a process is quiet does not say that it is done."""
            for guest in (ann, olga):
                if simulator.chat(guest.id).messages:
                    await simulator.wait_for(
                        guest.id, lambda chat: chat.newest is not None and chat.newest.from_bot, 60
                    )
            await simulator.idle(60)

        ann, olga = Guest(simulator, ANN, settle), Guest(simulator, OLGA, settle)

        # in the middle of a form
        await olga.says("/start")
        await olga.says("/addproduct")
        await olga.taps("Skip")
        await olga.says("Black tea")
        await killed_and_back(process)
        await olga.says("Tea")
        await olga.says("5.20")
        await olga.says("4")
        assert olga.sees("5.20")

        # in the middle of a checkout
        await ann.says("/start")
        await ann.taps("Catalogue", "Tea", "Green tea", "Add to cart", "in the cart", "Check out")
        await killed_and_back(process)
        await ann.taps("here in the chat")
        await simulator.wait_for(ann.id, lambda chat: any(message.invoice for message in chat.said), 60)

        # between the payment and the word about it: the update waits at Telegram while the shop is dead
        sheet = simulator.open_sheet(ann.id)
        paid = await simulator.pay_sheet(sheet)
        assert paid.state == "paid"
        await killed_and_back(process)
        await sees(ann, simulator, "Being prepared")
        await sees(olga, simulator, "New order")

        assert await process.stop() == 0
    await promises_hold(database_url)
