"""Web Apps in a browser: an app in its frame, and the phone's side of what it says."""

import json
from typing import Any

import pytest
from playwright.async_api import FrameLocator, Page, Route, expect
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, MenuButtonWebApp, WebAppInfo

from tests.simulator.page_world import Look

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

ADDRESS = "https://shop.example/app"
ANN = 1001
APP = """<!doctype html><title>App</title><pre id="heard"></pre><script>
const heard = document.getElementById("heard");
addEventListener("message", (event) => heard.append(event.data + "\\n"));
window.say = (eventType, eventData) => parent.postMessage(JSON.stringify({ eventType, eventData }), "*");
say("web_app_ready");
</script>"""


async def opened(look: Look, width: int = 1280) -> tuple[Page, FrameLocator]:
    """The app of Ann's menu in its frame."""
    page = await look.open(width=width)

    async def answer(route: Route) -> None:
        await route.fulfill(content_type="text/html", body=APP)

    await page.route(f"{ADDRESS}*", answer)
    await page.get_by_role("button", name="Start", exact=True).click()
    await look.simulator.wait_for("Ann", lambda chat: chat.shows("Welcome"))
    token = next(iter(look.simulator.world.bots))
    await _call(look, token, MenuButtonWebApp("Desk", WebAppInfo(ADDRESS)))
    await page.get_by_role("button", name="Desk", exact=True).click()
    await expect(page.locator("dialog.app.ready")).to_be_visible()
    return page, page.frame_locator("dialog.app iframe")


async def _call(look: Look, token: str, button: MenuButtonWebApp) -> None:
    simulator = look.simulator
    async with Bot(token, base_url=simulator.bot_api_url, base_file_url=simulator.file_api_url) as bot:
        await bot.set_chat_menu_button(ANN, button)


async def say(app: FrameLocator, kind: str, data: dict[str, Any] | None = None) -> None:
    """Have the app say something to the phone."""
    await app.locator("body").evaluate("(_, [kind, data]) => window.say(kind, data)", [kind, data or {}])


async def answers(page: Page, name: str) -> None:
    """Press a button of the box over the app, and see the box go.

    The press goes to the button itself: on a busy machine the browser may still give a click at its place to the app
    below, which was drawn there a moment ago.
    """
    await page.locator("dialog.alert").get_by_role("button", name=name, exact=True).dispatch_event("click")
    await expect(page.locator("dialog.alert")).to_have_count(0)


async def test_the_menu_opens_an_app_that_knows_who_opened_it(look: Look) -> None:
    page, app = await opened(look)

    address = await app.locator("body").evaluate("() => location.hash")
    assert "tgWebAppData=query_id%3D" in address
    assert "%2522id%2522%253A1001" in address
    assert "tgWebAppVersion=" in address
    assert "tgWebAppThemeParams=%7B%22bg_color%22%3A%22%23ffffff%22" in address
    await expect(page.get_by_role("button", name="Menu of commands")).to_be_visible()  # the commands are still there


async def test_the_main_button_is_the_phones_and_the_press_is_the_apps(look: Look) -> None:
    page, app = await opened(look)

    await say(app, "web_app_setup_main_button", {"is_visible": True, "is_active": True, "text": "Save"})
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(app.locator("#heard")).to_contain_text("main_button_pressed")
    await say(app, "web_app_setup_main_button", {"is_visible": False})

    await expect(page.get_by_role("button", name="Save", exact=True)).to_be_hidden()


async def test_the_back_button_is_told_while_it_is_there_and_else_the_app_closes(look: Look) -> None:
    page, app = await opened(look)

    await say(app, "web_app_setup_back_button", {"is_visible": True})
    await page.get_by_role("button", name="Back in the app").click()
    await expect(app.locator("#heard")).to_contain_text("back_button_pressed")
    await say(app, "web_app_setup_back_button", {"is_visible": False})
    await page.get_by_role("button", name="Close the app").click()

    await expect(page.locator("dialog.app")).to_have_count(0)


async def test_an_app_with_something_unsaved_is_asked_about_before_it_is_closed(look: Look) -> None:
    page, app = await opened(look)

    await say(app, "web_app_setup_closing_behavior", {"need_confirmation": True})
    await page.get_by_role("button", name="Close the app").click()
    await answers(page, "Cancel")
    await expect(page.locator("dialog.app")).to_be_visible()
    await page.get_by_role("button", name="Close the app").click()
    await answers(page, "Close anyway")

    await expect(page.locator("dialog.app")).to_have_count(0)


async def test_the_app_is_told_the_colours_and_hears_when_they_change(look: Look) -> None:
    page, app = await opened(look)

    await say(app, "web_app_request_theme")
    await expect(app.locator("#heard")).to_contain_text('"bg_color":"#ffffff"')
    await page.emulate_media(color_scheme="dark")

    await expect(app.locator("#heard")).to_contain_text('"bg_color":"#17212b"')
    await say(app, "web_app_expand")
    await expect(app.locator("#heard")).to_contain_text("viewport_changed")


async def test_a_question_of_the_app_is_answered_and_it_closes_itself(look: Look) -> None:
    page, app = await opened(look, width=390)

    buttons = [{"id": "yes", "type": "destructive", "text": "Archive"}, {"id": "", "type": "cancel"}]
    await say(
        app, "web_app_open_popup", {"title": "Archive it?", "message": "Nobody sees it then.", "buttons": buttons}
    )
    await answers(page, "Archive")
    await expect(app.locator("#heard")).to_contain_text(json.dumps({"button_id": "yes"}, separators=(",", ":")))
    await say(app, "web_app_close")

    await expect(page.locator("dialog.app")).to_have_count(0)


async def test_an_answer_to_the_app_waits_for_no_picture(look: Look) -> None:
    """A page that nobody looks at draws none: the box is gone, and its answer told, before the next one."""
    page, app = await opened(look)
    await say(app, "web_app_open_popup", {"message": "Really?", "buttons": [{"id": "yes", "text": "Archive"}]})
    await expect(page.locator("dialog.alert")).to_be_visible()

    left = await page.evaluate(
        """async () => {
            document.querySelector("dialog.alert button").click();
            await Promise.resolve();
            return document.querySelectorAll("dialog.alert").length;
        }"""
    )

    assert left == 0
    await expect(app.locator("#heard")).to_contain_text('{"button_id":"yes"}')


async def test_a_button_under_a_message_opens_an_app_too(look: Look) -> None:
    page, _ = await opened(look)
    await page.get_by_role("button", name="Close the app").click()
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Look", web_app=WebAppInfo(f"{ADDRESS}?page=2"))]])
    simulator = look.simulator
    token = next(iter(simulator.world.bots))
    async with Bot(token, base_url=simulator.bot_api_url, base_file_url=simulator.file_api_url) as bot:
        await bot.send_message(ANN, "The second page", reply_markup=keyboard)
    await page.get_by_role("button", name="Look", exact=True).click()

    await expect(page.locator("dialog.app")).to_have_attribute("aria-label", "Look")
