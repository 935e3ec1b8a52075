"""Paying in a browser: the form in the chat, Stars, and the pretend Stripe's page."""

import pytest
from playwright.async_api import expect

from tests.simulator.page_world import Look

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_an_invoice_is_paid_with_address_shipping_and_tip(look: Look) -> None:
    page = await look.begin()
    await look.write(page, "/invoice")
    await page.get_by_role("button", name="Pay €25.00").click()

    await expect(page.get_by_label("City")).to_have_value("Berlin")
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_text("Express").first.click()
    await page.get_by_role("button", name="€2.00").click()
    await page.get_by_role("button", name="Pay €36.90").click()
    await expect(page.get_by_text("Payment successful")).to_be_visible()
    await page.get_by_role("button", name="Done").click()

    await expect(page.get_by_role("log")).to_contain_text("You have just paid €36.90 to Tea House")
    await expect(page.get_by_role("button", name="✓ Paid")).to_be_disabled()


async def test_what_the_bot_objects_to_is_said_in_the_form(look: Look) -> None:
    page = await look.begin()
    await look.write(page, "/invoice")
    await page.get_by_role("button", name="Pay €25.00").click()

    await page.get_by_label("Country").select_option("FR")
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("alert")).to_have_text("We send to Germany only")
    await page.get_by_label("Country").select_option("DE")
    await page.get_by_role("button", name="Continue").click()
    look.bot.objection = "The last tea was just sold"
    await page.get_by_role("button", name="Pay €29.90").click()
    await expect(page.get_by_role("alert")).to_have_text("The last tea was just sold")
    look.bot.objection = ""
    await page.get_by_text("is declined").click()
    await page.get_by_role("button", name="Pay €29.90").click()

    await expect(page.get_by_role("alert")).to_have_text("The card was declined.")


async def test_stars_come_from_a_balance(look: Look) -> None:
    look.simulator.person("Ann").stars = 100
    page = await look.begin()
    await look.write(page, "/stars")
    await page.get_by_role("button", name="Pay ⭐ 250").click()

    await expect(page.get_by_text("Not enough Stars")).to_be_visible()
    await page.get_by_role("button", name="Get 1,000 Stars").click()
    await page.get_by_role("button", name="Confirm and pay ⭐ 250").click()
    await expect(page.get_by_text("Payment successful")).to_be_visible()

    assert look.simulator.person("Ann").stars == 850


async def test_the_hosted_page_takes_a_payment_and_leads_back_to_the_chat(look: Look) -> None:
    session = look.simulator.stripe.open_session(
        f"{look.simulator.url}/stripe",
        {
            "mode": "payment",
            "success_url": "https://t.me/teahouse_bot?start=paid_17",
            "line_items[0][quantity]": "2",
            "line_items[0][price_data][currency]": "eur",
            "line_items[0][price_data][unit_amount]": "1250",
            "line_items[0][price_data][product_data][name]": "Sencha",
        },
    )
    page = await look.begin()
    await page.evaluate("window.name = 'person-1001-1'")
    await page.goto(session.url)

    await expect(page.get_by_text("Shipping address")).to_be_hidden()
    await page.get_by_label("Declined").check()
    await page.get_by_role("button", name="Pay €25.00").click()
    await expect(page.get_by_role("alert")).to_have_text("Your card was declined.")
    look.problems.clear()  # the browser logs the 402 by itself
    await page.get_by_label("Asks for a second step").check()
    await page.get_by_role("button", name="Pay €25.00").click()
    await page.get_by_role("button", name="Complete").click()
    await expect(page.get_by_text("Payment successful")).to_be_visible()

    await expect(page.get_by_role("log")).to_contain_text("Welcome to the tea house (paid_17)")
    assert look.simulator.stripe.account.session(session.id).payment_status == "paid"
