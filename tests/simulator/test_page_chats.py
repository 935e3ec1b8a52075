"""The chats in a browser: start, buttons, toasts, edits in place, pictures, replies, people."""

import re

import aiohttp
import pytest
from playwright.async_api import FilePayload, expect

from tests.simulator.page_world import TOKEN, Look, picture

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_a_stranger_is_told_who_they_are_and_where_to_begin(look: Look) -> None:
    page = await look.open()

    await expect(page.get_by_text("You are Ann. Press Start.")).to_be_visible()
    await expect(page.get_by_text("Browse teas and pay in this chat.")).to_be_visible()
    await expect(
        page.get_by_text("Buy something with taps alone; then look at Olga and Ivan, who sell.")
    ).to_be_visible()
    await expect(page.get_by_label("Message as Ann")).to_be_hidden()
    await page.get_by_role("button", name="Start", exact=True).click()

    await expect(page.get_by_text("/start").first).to_be_visible()
    await expect(page.get_by_label("Message as Ann")).to_be_visible()
    await expect(page.get_by_text("You are Ann. Press Start.")).to_be_hidden()


async def test_what_a_bot_writes_is_formatted_and_never_markup(look: Look) -> None:
    page = await look.begin()

    words = page.locator("article:not(.out) .words").first
    await expect(words.locator("strong")).to_have_text("tea")
    await expect(words).to_contain_text("<script>alert(1)</script>")
    assert await words.locator("script").count() == 0


async def test_a_button_waits_until_the_bot_answers(look: Look) -> None:
    page = await look.begin()
    button = page.get_by_role("button", name="Slow")

    await button.click()
    await expect(button).to_have_class("waiting")
    look.bot.slow.set()

    await expect(button).not_to_have_class("waiting")


async def test_toasts_fade_and_alerts_wait(look: Look) -> None:
    page = await look.begin()

    await page.get_by_role("button", name="Toast").click()
    await expect(page.get_by_role("status").get_by_text("Added to the cart")).to_be_visible()
    await page.get_by_role("button", name="Alert", exact=True).click()
    await expect(page.get_by_role("dialog")).to_contain_text("Order 17 is late")
    await page.get_by_role("button", name="OK", exact=True).click()

    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_an_edit_happens_in_place(look: Look) -> None:
    page = await look.begin()
    await page.get_by_role("button", name="Show", exact=True).click()
    await expect(page.get_by_role("log")).to_contain_text("Sencha, 12.50")
    shown = page.locator("article").last
    await shown.evaluate("element => { element.marked = true }")
    before = await page.locator("article").count()

    await page.get_by_role("button", name="Edit", exact=True).click()
    await expect(page.get_by_role("button", name="Edited")).to_be_visible()

    await expect(shown).to_contain_text("Rooibos, 7.00")
    await expect(shown.locator(".edited")).to_have_count(0)
    assert await shown.evaluate("element => element.marked") is True
    assert await page.locator("article").count() == before
    await expect(shown.locator("img")).to_have_js_property("naturalWidth", 320)


async def test_a_picture_that_cannot_be_fetched_leaves_words_and_buttons(look: Look) -> None:
    page = await look.begin()
    await page.route("**/control/files/**", lambda route: route.abort())

    await page.get_by_role("button", name="Show", exact=True).click()

    shown = page.locator("article").last
    await expect(shown.get_by_text("No picture")).to_be_visible()
    await expect(shown).to_contain_text("Sencha, 12.50")
    await expect(shown.get_by_role("button", name="Edit", exact=True)).to_be_enabled()
    look.problems.clear()  # the browser logs the failed request by itself


async def test_a_text_without_buttons_says_that_it_was_edited(look: Look) -> None:
    page = await look.begin()
    await look.write(page, "Is it hot?")
    await look.simulator.wait_for("Ann", lambda chat: chat.shows("Is it hot?"))
    said = max(look.simulator.chat("Ann").messages)

    async with aiohttp.ClientSession() as http:
        body = {"person": "Ann", "message_id": said, "text": "Is it cold?"}
        await http.post(f"{look.simulator.url}/control/edit", json=body)

    await expect(page.locator("article.out").last).to_contain_text("Is it cold?edited")


async def test_a_deleted_message_goes(look: Look) -> None:
    page = await look.begin()

    await page.get_by_role("button", name="Away").click()

    await expect(page.get_by_role("log")).not_to_contain_text("Welcome to the tea house")


async def test_a_link_back_to_the_bot_starts_it_here(look: Look) -> None:
    page = await look.begin()

    await page.get_by_role("button", name="Back later").click()

    await expect(page.get_by_role("log")).to_contain_text("Welcome to the tea house (later)")
    await expect(page.locator("article.out .words").last).to_contain_text(re.compile(r"^/start\d"))


async def test_a_link_that_comes_from_elsewhere_asks_whose_it_is(look: Look) -> None:
    page = await look.open("/t.me/teahouse_bot?start=paid_17")

    await page.get_by_role("button", name="Bob", exact=True).click()

    await expect(page.get_by_role("log")).to_contain_text("Welcome to the tea house (paid_17)")
    assert page.url.endswith("people=1002")


async def test_commands_come_from_a_menu_and_from_typing(look: Look) -> None:
    page = await look.begin()

    await page.get_by_role("button", name="Menu of commands").click()
    await expect(page.get_by_role("button", name="/orders Your orders")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.get_by_label("Message as Ann").fill("/or")
    await page.get_by_role("button", name="/orders Your orders").click()

    await expect(page.locator("article.out").last).to_contain_text("/orders")
    assert await look.simulator.wait_for("Ann", lambda _: look.bot.received) == ["text: /orders (0)"]


async def test_a_reply_says_to_what(look: Look) -> None:
    page = await look.begin()
    await page.locator("article").last.hover()
    await page.locator("article").last.get_by_role("button", name="Reply").click()

    await look.write(page, "How hot?")

    await expect(page.locator("article.out").last.locator(".quoted")).to_contain_text("Welcome")
    assert await look.simulator.wait_for("Ann", lambda _: look.bot.received) == ["text: How hot? (2)"]


@pytest.mark.parametrize(
    ("name", "mime", "kind"), [("tea.jpg", "image/jpeg", "photo"), ("a.csv", "text/csv", "document")]
)
async def test_pictures_and_files_go_out_with_a_caption(look: Look, name: str, mime: str, kind: str) -> None:
    page = await look.begin()

    content = picture("olive") if kind == "photo" else b"a;b"
    await page.locator("input[type=file]").set_input_files(FilePayload(name=name, mimeType=mime, buffer=content))
    await page.get_by_role("textbox", name="Caption").fill("Matcha; 19.00; 4; Tea")
    await page.get_by_role("button", name="Send", exact=True).last.click()

    await expect(page.locator("article.out").last).to_contain_text("Matcha; 19.00; 4; Tea")
    received = await look.simulator.wait_for("Ann", lambda _: look.bot.received)
    assert received == [f"{kind}: Matcha; 19.00; 4; Tea (0)"]


async def test_people_are_switched_and_unread_messages_counted(look: Look) -> None:
    page = await look.begin()

    look.simulator.send("Olga", "/start")
    await expect(page.get_by_label("1 unread")).to_be_visible()
    await page.get_by_role("button", name="Olga Seller").click()

    await expect(page.get_by_label("Message as Olga")).to_be_visible()
    await expect(page.get_by_label("1 unread")).to_have_count(0)
    assert page.url.endswith("people=1003")


async def test_two_people_are_seen_side_by_side(look: Look) -> None:
    look.simulator.send("Olga", "/start")
    page = await look.open("/?people=1001,1003")

    await expect(page.locator(".pane")).to_have_count(2)
    await expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    await expect(page.get_by_label("Message as Olga")).to_be_visible()
    await page.get_by_role("button", name="Close the chat of Ann").click()

    await expect(page.locator(".pane")).to_have_count(1)


async def test_three_people_fit_beside_each_other(look: Look) -> None:
    look.simulator.send("Olga", "/start")
    page = await look.open("/?people=1001,1003,1002")
    await page.set_viewport_size({"width": 1280, "height": 800})
    await expect(page.locator(".pane")).to_have_count(3)

    too_wide = await page.evaluate(
        "[...document.querySelectorAll('.pane *')].filter(e => e.getBoundingClientRect().right >"
        " e.closest('.pane').getBoundingClientRect().right + 1).map(e => e.outerHTML.slice(0, 80))"
    )

    assert too_wide == []


async def test_a_small_phone_shows_one_thing_at_a_time(look: Look) -> None:
    page = await look.begin(width=360)

    await expect(page.get_by_role("navigation", name="People")).to_be_hidden()
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    await page.get_by_role("button", name="People").click()
    await page.get_by_role("button", name="Bob Customer").click()

    await expect(page.get_by_text("You are Bob. Press Start.")).to_be_visible()


async def test_new_keys_and_moments_look_like_what_they_do(look: Look) -> None:
    page = await look.begin()
    chat_id, token = look.simulator.person("Ann").id, next(iter(look.simulator.world.bots))
    keys = [[{"text": "Sold out", "disabled": {}}, {"text": "Pay", "callback_data": "x", "style": "success"}]]
    text = '<tg-time unix="1800000000" format="wDt">the original</tg-time>'
    body = {"chat_id": chat_id, "text": text, "parse_mode": "HTML", "reply_markup": {"inline_keyboard": keys}}
    async with aiohttp.ClientSession() as session:
        await session.post(f"{look.simulator.bot_api_url}{token}/sendMessage", json=body)

    await expect(page.get_by_role("button", name="Sold out")).to_be_disabled()
    await expect(page.get_by_role("button", name="Pay", exact=True)).to_have_attribute("data-style", "success")
    await expect(page.locator("time[title='the original']")).to_contain_text("2027")


async def test_a_group_is_in_the_list_of_whoever_is_in_it_and_its_keys_work(look: Look) -> None:
    page = await look.begin()
    room = look.simulator.found("Tea staff", "Ann", forum=True)
    room.add_bot("Ann")
    room.promote_bot("Ann")
    async with aiohttp.ClientSession() as http:
        call = f"{look.simulator.bot_api_url}{TOKEN}"
        topic = {"chat_id": room.id, "name": "Orders"}
        async with http.post(f"{call}/createForumTopic", json=topic) as opened:
            made = await opened.json()
        keys = {"inline_keyboard": [[{"text": "Toast", "callback_data": "toast"}]]}
        order = {"chat_id": room.id, "text": "Order 17", "reply_markup": keys}
        order["message_thread_id"] = made["result"]["message_thread_id"]
        async with http.post(f"{call}/sendMessage", json=order) as sent:
            assert sent.status == 200

    await page.get_by_role("button", name="Tea staff, as Ann").click()
    await page.get_by_role("button", name="Orders", exact=True).click()
    await expect(page.get_by_role("log")).to_contain_text("Order 17")
    await page.get_by_role("button", name="Toast", exact=True).click()
    await expect(page.get_by_role("status").get_by_text("Added to the cart")).to_be_visible()
    await page.get_by_label("Message as Ann").fill("Mine")
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.locator("article.out").last).to_contain_text("Mine")

    assert room.group.newest is not None
    assert (room.group.newest.words, room.group.newest.author) == ("Mine", 1001)
