"""Signing in at the desk: by a link once, by a password afterwards, and out again by everything that ends a right."""

from collections.abc import Awaitable, Callable
from functools import partial

import pytest
from sqlalchemy import func, select, update

from db.models import DeskSession, DeskTry, Role, User
from db.session import Database
from shop.desk import links, passwords, tries
from shop.people import bans, staff, team
from shop.people.permissions import operating
from shop.policy import Policy
from shop.refusals import NotPermitted
from tests.web.desk.conftest import URL, Browser, acting_of
from tests.world.clock import ManualClock

pytestmark = pytest.mark.one_database
Opens = Callable[[], Browser]
Links = Callable[[str], Awaitable[str]]
GOOD = "a kettle sings at noon"


async def with_password(browser: Opens, link_of: Links, name: str = "Olga") -> Browser:
    """Somebody who came by a link and set a password."""
    opened = browser()
    await opened.comes_by(await link_of(name))
    done = await opened.submit("/account", email=f"{name}@Shop.example", password=GOOD, again=GOOD)
    assert done.status_code == 303
    return opened


async def signs_in(opened: Browser, name: str, text: str) -> int:
    """The answer to a name and a password."""
    return (await opened.submit("/login", name=name, password=text)).status_code


async def test_a_link_signs_in_once_and_looking_at_it_does_not_use_it_up(browser: Opens, link_of: Links) -> None:
    olga, thief = browser(), browser()
    secret = await link_of("Olga")
    for _ in range(3):  # a preview, a scanner of mails
        assert "Sign in as Olga?" in (await thief.get(f"/in/{secret}")).text

    assert (await olga.comes_by(secret)).headers["location"] == f"{URL}/account"
    assert await olga.is_in()
    assert (await thief.get(f"/in/{secret}")).status_code == 404
    assert not await thief.is_in()


async def test_a_link_is_over_after_ten_minutes_and_with_the_next_one(
    browser: Opens, link_of: Links, clock: ManualClock
) -> None:
    first, second = await link_of("Olga"), await link_of("Olga")
    assert (await browser().get(f"/in/{first}")).status_code == 404
    clock.pass_by(minutes=10)
    assert (await browser().get(f"/in/{second}")).status_code == 404


async def test_customers_get_no_link(database: Database, people: dict[str, User], policy: Policy) -> None:
    ann = await acting_of(database, people["Ann"], policy)
    with pytest.raises(NotPermitted):
        async with database.begin() as session:
            await links.make(session, ann, now=people["Ann"].created_at)


async def test_a_password_signs_in_by_mail_and_by_name_in_any_case(browser: Opens, link_of: Links) -> None:
    await with_password(browser, link_of)
    for name in ("olga@shop.example", "OLGA@shop.example ", "olga", "@Olga"):
        opened = browser()
        assert await signs_in(opened, name, GOOD) == 303
        assert await opened.is_in()


async def test_the_wrong_password_and_the_unknown_name_get_the_same_answer(browser: Opens, link_of: Links) -> None:
    await with_password(browser, link_of)
    answers = set()
    for name in ("olga", "nobody", "ann", "x@y.example", "\x00", "x" * 190):
        opened = browser()
        answer = await opened.submit("/login", name=name, password="not the right one")
        assert answer.status_code == 401
        answers.add(answer.text.partition('role="alert">')[2].partition("<")[0])
    assert answers == {"This name and this password do not belong together."}


async def test_who_has_no_hash_is_compared_with_one_all_the_same() -> None:
    kept = await passwords.hashed(GOOD)
    assert kept.startswith("$argon2id$")
    assert await passwords.is_right(GOOD, kept)
    assert not await passwords.is_right(GOOD, None)
    assert not await passwords.is_right("nobody has this one", None)  # nor is what we compare with anybody's
    assert not await passwords.is_right(GOOD, "md5:5f4dcc3b5aa765d61d8327deb882cf99")


@pytest.mark.parametrize(
    "text",
    ["short", "123456789012", "PASSWORD1234", "password!!!!", "aaaaaaaaaaaaaa", "abcabcabcabc", "olga@shop.example"],
)
async def test_what_others_would_guess_is_not_taken(browser: Opens, link_of: Links, text: str) -> None:
    olga = browser()
    await olga.comes_by(await link_of("Olga"))
    refused = await olga.submit("/account", email="olga@shop.example", password=text, again=text)
    assert refused.status_code == 422


async def test_tries_are_counted_for_an_account_and_for_an_address_in_a_table_that_does_not_grow(
    browser: Opens, link_of: Links, database: Database, clock: ManualClock
) -> None:
    await with_password(browser, link_of)
    for _ in range(10):
        assert await signs_in(browser(), "olga", "wrong " * 3) == 401
    refused = await browser().submit("/login", name="olga", password=GOOD)
    assert refused.status_code == 429
    assert "/dashboard" in refused.text
    assert (await browser().comes_by(await link_of("Olga"))).status_code == 303  # this way is open
    clock.pass_by(minutes=15)
    assert await signs_in(browser(), "olga", GOOD) == 303

    later = []
    for n in range(42):
        taken = await database.transact(partial(tries.take, name=f"{n}", address="2001:db8::1", now=clock.now()))
        later.append(taken)
    assert later[:40] == [None] * 40
    assert later[40:] == [clock.now() + tries.WINDOW] * 2
    neighbour = "2001:db8::ffff"  # of the same network
    assert await database.transact(lambda session: tries.take(session, "x", neighbour, now=clock.now())) is not None
    async with database.read() as session:
        assert (await session.scalar(select(func.max(DeskTry.bucket))) or 0) < 2 * 65_536


async def test_signing_in_changes_the_cookie_and_signing_out_ends_it(browser: Opens, link_of: Links) -> None:
    olga = await with_password(browser, link_of)
    before = olga.cookie
    await olga.comes_by(await link_of("Olga"))
    assert olga.cookie != before
    stolen = browser()
    stolen.http.cookies.set("__Host-desk", before or "")
    assert not await stolen.is_in()

    stolen.http.cookies.set("__Host-desk", olga.cookie or "")
    assert await stolen.is_in()
    assert (await olga.http.post(f"{URL}/logout")).status_code == 403  # another site's form
    page = await olga.get("/account")
    token = page.text.partition('name="csrftoken" value="')[2].partition('"')[0]
    await olga.http.post(f"{URL}/logout", data={"csrftoken": token})
    assert not await olga.is_in()
    assert not await stolen.is_in()


async def test_a_new_password_signs_out_every_other_browser_and_wants_the_old_one_later(
    browser: Opens, link_of: Links, clock: ManualClock
) -> None:
    olga = await with_password(browser, link_of)
    other = browser()
    assert await signs_in(other, "olga", GOOD) == 303
    clock.pass_by(minutes=11)
    new = {"email": "", "password": "two kettles sing at one", "again": "two kettles sing at one"}
    assert (await olga.submit("/account", **new)).status_code == 422
    assert (await olga.submit("/account", **new, before="no idea at all")).status_code == 422
    assert (await olga.submit("/account", **new, before=GOOD)).status_code == 303
    assert await olga.is_in()
    assert not await other.is_in()
    assert await signs_in(browser(), "olga", GOOD) == 401


async def test_an_address_is_one_person_s(browser: Opens, link_of: Links) -> None:
    await with_password(browser, link_of)
    ivan = browser()
    await ivan.comes_by(await link_of("Ivan"))
    taken = await ivan.submit("/account", email="olga@SHOP.example", password=GOOD, again=GOOD)
    assert taken.status_code == 422
    assert "cannot be used" in taken.text


async def test_a_session_ends_by_itself_after_idle_hours_and_after_days_in_any_case(
    browser: Opens, link_of: Links, clock: ManualClock
) -> None:
    olga = await with_password(browser, link_of)
    for _ in range(27):
        clock.pass_by(hours=6)
        assert await olga.is_in()  # 162 hours
    clock.pass_by(hours=6, seconds=1)
    assert not await olga.is_in()  # a week

    olga = browser()
    await olga.comes_by(await link_of("Olga"))
    clock.pass_by(hours=12)
    assert not await olga.is_in()


async def test_whoever_loses_the_right_is_signed_out(
    browser: Opens, link_of: Links, database: Database, people: dict[str, User], clock: ManualClock, policy: Policy
) -> None:
    bob, ivan, olga = browser(), browser(), browser()
    for opened, name in ((bob, "Bob"), (ivan, "Ivan"), (olga, "Olga")):
        await opened.comes_by(await link_of(name))
        assert await opened.is_in()
    olgas = await acting_of(database, people["Olga"], policy)
    async with database.begin() as session:
        await team.let_go(session, olgas, people["Bob"].id, now=clock.now())
    assert not await bob.is_in()
    async with database.begin() as session:
        operator = await session.get_one(User, people["Oscar"].id)
        await staff.dismiss(
            session,
            operator=operator,
            telegram_id=people["Ivan"].telegram_id or 0,
            taker=operator,
            operators=policy.operators,
            now=clock.now(),
        )
    assert not await ivan.is_in()
    async with database.begin() as session:
        oscar = await session.get_one(User, people["Oscar"].id)
        await bans.ban(session, operating(oscar), people["Olga"].id, operators=policy.operators, now=clock.now())
    assert not await olga.is_in()
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(DeskSession)) == 0


async def test_a_right_that_is_gone_without_a_word_is_gone_at_the_next_request(
    browser: Opens, link_of: Links, database: Database, people: dict[str, User]
) -> None:
    olga = browser()
    await olga.comes_by(await link_of("Olga"))
    async with database.begin() as session:
        await session.execute(update(User).where(User.id == people["Olga"].id).values(role=Role.CUSTOMER))
    assert not await olga.is_in()


async def test_a_person_has_ten_browsers_at_most(
    browser: Opens, link_of: Links, database: Database, clock: ManualClock
) -> None:
    first = browser()
    await first.comes_by(await link_of("Olga"))
    for _ in range(10):
        await browser().comes_by(await link_of("Olga"))
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(DeskSession)) == 10
    assert not await first.is_in()


@pytest.mark.parametrize("name", ["no-such-link", "x" * 500, "%00", "..%2f"])
async def test_made_up_links_and_cookies_are_nobody_s(browser: Opens, name: str) -> None:
    stranger = browser()
    assert (await stranger.get(f"/in/{name}")).status_code in {404, 303}
    stranger.http.cookies.set("__Host-desk", name)
    assert not await stranger.is_in()
