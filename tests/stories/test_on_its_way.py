"""An order on its way: how far it is, when it is expected, who carries it, and a link that leads to it."""

from collections.abc import AsyncGenerator

import pytest

from app.config.shop import Carrier, Shipping
from simulator.telegram.messages import Message
from tests.stories.test_an_order import BERLIN, bought, card_of, opened
from tests.world.clock import ManualClock
from tests.world.shop import OpenShop, open_shop

pytestmark = pytest.mark.one_database
VAN = Carrier(id="van", name="Our van", url="https://van.example/parcels/{number}")


@pytest.fixture
async def shop(database_url: str, clock: ManualClock) -> AsyncGenerator[OpenShop]:
    """The post takes some days, and a van of the shop's own is among the carriers."""
    post = Shipping(id="post", title="Post", price="4.90", countries=("DE", "AT"), days="2–4")
    async with open_shop(database_url, clock, shipping=(post,), carriers=(VAN,)) as opened:
        yield opened


def key(message: Message, label: str) -> dict[str, object]:
    """The button with this in its label."""
    found = [one for row in message.keyboard or () for one in row if label in str(one["text"])]
    assert len(found) == 1, message.labels
    return dict(found[0])


async def test_a_customer_reads_how_far_it_is_and_follows_the_parcel(shop: OpenShop) -> None:
    ann, olga = shop.ann, shop.olga
    await opened(shop)
    await bought(shop)
    card = card_of(ann)
    assert "Step 2 of 4: ✓ Ordered · ✓ Paid · Sent · Arrived" in card.words
    assert "On the way for 2–4 days once it is sent." in card.words

    await olga.says("/ship 1 dhl 0034 0434 1610 9404 2557")
    await shop.tick()
    card = card_of(ann)
    assert "Step 3 of 4: ✓ Ordered · ✓ Paid · ✓ Sent · Arrived" in card.words
    assert "DHL: 0034 0434 1610 9404 2557" in card.words
    assert "Expected: Mar 4\u2009–\u20096" in card.words
    assert str(key(card, "Where is it?")["url"]).endswith("piececode=00340434161094042557")
    assert key(card, "Copy the number")["copy_text"] == {"text": "00340434161094042557"}
    told = ann.chat.said[-1]
    assert told.words.startswith("🚚 Order 1 is on its way.\nExpected: Mar 4\u2009–\u20096\nDHL: 0034")
    assert key(told, "Where is it?")["url"] == key(card, "Where is it?")["url"]

    await shop.passes(days=3)
    await ann.taps("Order 1", on=told)
    assert "Expected: Mar 5\u2009–\u20096" in ann.text
    await shop.passes(days=3)
    await ann.says("/myorders")
    await ann.taps("1")
    assert "It should have arrived by Mar 6." in ann.text
    await olga.says("/complete 1")
    await shop.tick()
    assert "Step 4 of 4: ✓ Ordered · ✓ Paid · ✓ Sent · ✓ Arrived" in ann.text
    assert "expected" not in ann.text
    assert "should have" not in ann.text
    assert "Copy the number" not in " ".join(ann.keyboard)


async def test_a_seller_says_who_carries_what_the_number_does_not_say(shop: OpenShop) -> None:
    ann, olga = shop.ann, shop.olga
    await opened(shop)
    await bought(shop)
    await olga.taps("Ship")
    assert "with the carrier before it" in olga.text
    await olga.says("986578788855")
    await shop.tick()
    told = ann.chat.said[-1]
    assert "Tracking: 986578788855" in told.words
    assert not any("Where is it?" in label for label in told.labels)

    await olga.taps("Who carries it?")
    assert olga.keyboard[:2] == ["Our van", "DHL"]
    await olga.taps("Next", "Previous", "FedEx")
    assert "FedEx: 986578788855" in olga.text
    assert "Who carries it?" not in " ".join(olga.keyboard)
    await shop.tick()
    told = next(one for one in ann.chat.said if one.message_id == told.message_id)
    assert key(told, "Where is it?")["url"] == "https://www.fedex.com/fedextrack/?trknbr=986578788855"
    assert "FedEx: 986578788855" in card_of(ann).words
    await shop.keeps_its_promises()


async def test_several_at_once_know_their_carriers_and_the_shops_own(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    await shop.olga.says("/ship 1 our van 7\n2 UPS 1Z5R89390357567127")
    assert "✓ 1 · Ann · Our van 7" in shop.olga.text
    await shop.olga.taps("Yes, ship 1 order")
    await shop.tick()
    assert key(card_of(shop.ann), "Where is it?")["url"] == "https://van.example/parcels/7"
    await shop.olga.says("/ship 1 LX 12")  # the number was wrong, and who carries it is not known now
    await shop.tick()
    assert "Tracking: LX 12" in card_of(shop.ann).words
    assert not any("Where is it?" in label for label in card_of(shop.ann).labels)


async def test_it_is_said_in_the_readers_language(shop: OpenShop) -> None:
    await opened(shop)
    await shop.ann.says("/start")
    await shop.ann.says("/language")
    await shop.ann.taps("Deutsch")
    await shop.ann.taps("Katalog", "Tea", "Green tea", "In den Warenkorb", "im Warenkorb", "Zur Kasse", "hier im Chat")
    await shop.ann.pays(option="post", address=BERLIN)
    await shop.tick()
    await shop.olga.says("/ship 1 GLS 42")
    await shop.tick()
    said = " ".join(message.words for message in shop.ann.chat.said)
    assert "Schritt 3 von 4: ✓ Bestellt · ✓ Bezahlt · ✓ Versandt · Angekommen" in said
    assert "Voraussichtlich da: 4.–6. März" in said
