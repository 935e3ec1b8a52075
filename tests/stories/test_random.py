"""Random people do random things: taps, texts, repeated, stale and forged buttons, payments, restarts, time passing."""

import asyncio
import os
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from typing import TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from bot.screens.parts.registry import registry
from db.models import ProductKind
from simulator.acts.refusals import CannotDo
from tests.world.clock import ManualClock
from tests.world.databases import Databases
from tests.world.goods import a_category, a_product, a_product_with_variants
from tests.world.guests import Guest
from tests.world.shop import OpenShop, open_shop

T = TypeVar("T")
PREFIXES = sorted(kind.prefix for kind in registry.kinds())
NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"

people = st.sampled_from(["ann", "bob", "eve", "olga", "oscar"])
places = st.integers(min_value=0, max_value=30)
COMMANDS = ["/start", "/orders", "/ship 1", "/complete 1", "/cancel 1 why", "/refund 1", "/paysupport", "/addproduct"]
OFFERS = ["/restock TEA +2", "/restock TEA =0", "/price TEA 4", "/archive TEA", "/products"]
ANSWERS = ["+3", "=1", "5", "tea", "Berlin"]
texts = st.one_of(st.sampled_from([*COMMANDS, *OFFERS, *ANSWERS]), st.text(max_size=40))
fields = st.lists(
    st.sampled_from(["", "0", "1", "2", "3", "a", "-1", "zzzzzzzz", "physical", "1.1.1.physical"]), max_size=4
)


class Crowd(RuleBasedStateMachine):
    """Whatever they do, nothing breaks and every promise is kept."""

    databases: Databases

    @initialize()
    def open(self) -> None:
        """A shop with a little of everything."""
        self._runner = asyncio.Runner()
        self._stack = AsyncExitStack()
        self._url = self.databases.empty("sqlite")
        self._seen: list[str] = []
        self.shop: OpenShop = self._do(self._stack.enter_async_context(open_shop(self._url, ManualClock())))
        self._do(self._stock())

    def _do(self, work: Coroutine[object, object, T]) -> T:
        return self._runner.run(work)

    async def _stock(self) -> None:
        async with self.shop.db.begin() as session:
            tea = await a_category(session, "Tea")
            await a_product(session, "Green tea", sku="TEA", stock=3, category=tea, low_stock_at=2)
            await a_product_with_variants(session, stock=1)
            await a_product(
                session, "Guide", price=25, currency="XTR", kind=ProductKind.DIGITAL, content="Read it.", stock=9
            )
        for name in ("ann", "bob", "eve", "olga", "oscar"):
            await self._guest(name).says("/start", hurried=True)
        await self.shop.settle()

    def _guest(self, name: str) -> Guest:
        guest: Guest = getattr(self.shop, name)
        return guest

    @rule(name=people, place=places)
    def taps_something_on_show(self, name: str, place: int) -> None:
        """Any button of any message that is still there."""
        guest = self._guest(name)
        keyed = [message for message in guest.chat.said if message.keyboard]
        message = keyed[place % len(keyed)]
        buttons = [button for row in message.keyboard or () for button in row if "callback_data" in button]
        if buttons:
            data = str(buttons[(place * 7) % len(buttons)]["callback_data"])
            self._seen.append(data)
            self._do(guest.taps_data(data, on=message))

    @rule(name=people, place=places)
    def taps_something_old_or_of_somebody_else(self, name: str, place: int) -> None:
        """A button that somebody saw once."""
        if self._seen:
            self._do(self._guest(name).forges(self._seen[place % len(self._seen)]))

    @rule(name=people, prefix=st.sampled_from(PREFIXES), rest=fields)
    def forges_a_button(self, name: str, prefix: str, rest: list[str]) -> None:
        """A button that nobody was shown."""
        self._do(self._guest(name).forges(":".join([prefix, *rest])[:64]))

    @rule(name=people, text=texts)
    def says_something(self, name: str, text: str) -> None:
        """A command, an answer, or nonsense."""
        if text.strip():
            self._do(self._guest(name).says(text))

    @rule(name=st.sampled_from(["ann", "bob", "eve"]), way=st.sampled_from(["here in the chat", "secure page", "Cash"]))
    def walks_to_the_payment(self, name: str, way: str) -> None:
        """As far as the shop lets them."""
        guest = self._guest(name)
        self._do(guest.says("/start"))
        for label in ("Catalogue", "Tea", "Green tea", "Add to cart", "in the cart", "Check out", way):
            try:
                self._do(guest.taps(label))
            except CannotDo:
                return

    @rule(name=st.sampled_from(["ann", "bob"]), card=st.sampled_from(["pays", "pays", "declined"]), again=st.booleans())
    def pays(self, name: str, card: str, again: bool) -> None:
        """The newest invoice, perhaps for a second time."""
        try:
            self._do(self._guest(name).pays(card=card, again=again))
        except CannotDo:
            return

    @rule()
    def telegram_repeats_itself(self) -> None:
        """The last update comes again."""
        self.shop.simulator.redeliver()
        self._do(self.shop.settle())

    @rule(minutes=st.sampled_from([1, 10, 30, 60 * 24 * 4]))
    def time_passes(self, minutes: int) -> None:
        """The schedule does its work."""
        self._do(self.shop.passes(minutes=minutes))

    @rule()
    def the_shop_is_closed_and_opened_again(self) -> None:
        """Nothing may live in memory alone."""
        self._do(self.shop.reopen())

    def teardown(self) -> None:
        """Money comes to rest, and the books are right."""
        if not hasattr(self, "shop"):
            return
        try:
            self._do(self.shop.passes(days=5))
            self._do(self.shop.passes(hours=1))
            self._do(self.shop.keeps_its_promises())
        finally:
            self._do(self._stack.aclose())
            self._runner.close()
            self.databases.forget(self._url)


def test_whatever_people_do_nothing_breaks_and_the_books_are_right(databases: Databases) -> None:
    class CrowdHere(Crowd):
        pass

    CrowdHere.databases = databases
    run_state_machine_as_test(
        CrowdHere,
        settings=settings(
            max_examples=int(os.environ.get("TRY", "6")),
            stateful_step_count=40 if NIGHTLY else 25,
            deadline=None,
            derandomize=False,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
