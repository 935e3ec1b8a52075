"""Groups, forums and channels: what a bot hears there, what it may say, and Telegram's words when it may not."""

from pathlib import Path

import aiogram.types
import pytest
import telegram

from simulator.acts.refusals import CannotDo
from simulator.acts.rooms import Room
from simulator.clock import ManualClock
from simulator.saving import load, save
from simulator.server import Simulator
from simulator.telegram.wire import Json, JsonObject
from tests.simulator.telegram_world import ANN, BOB, TOKEN, Api, png
from tests.simulator.test_telegram_judges import judged

KEYS: Json = {"inline_keyboard": [[{"text": "Ship", "callback_data": "ship"}]]}


@pytest.fixture
def staff(simulator: Simulator, api: Api) -> Room:
    room = simulator.found("Tea staff", ANN, forum=True)
    room.join(BOB)
    return room


async def heard(api: Api, kind: str) -> list[JsonObject]:
    return [update[kind] for update in await api.updates() if kind in update]  # type: ignore[misc]  # an update holds an object


async def test_a_bot_hears_that_it_came_rose_and_was_thrown_out(staff: Room, api: Api) -> None:
    assert await api.refused("sendMessage", chat_id=staff.id, text="x") == (400, "Bad Request: chat not found")
    staff.add_bot(ANN)
    staff.promote_bot(ANN, "can_manage_topics")
    staff.kick_bot(ANN)
    updates = await api.updates()

    for update in updates:
        judged(update, telegram.Update, aiogram.types.Update)
    changes = [update["my_chat_member"] for update in updates if "my_chat_member" in update]
    assert [(c["old_chat_member"]["status"], c["new_chat_member"]["status"]) for c in changes] == [  # type: ignore[index,call-overload]  # JSON
        ("left", "member"),
        ("member", "administrator"),
        ("administrator", "kicked"),
    ]
    assert await api.refused("sendMessage", chat_id=staff.id, text="x") == (
        403,
        "Forbidden: bot was kicked from the supergroup chat",
    )


async def test_privacy_mode_lets_commands_mentions_and_replies_through(staff: Room, api: Api) -> None:
    staff.add_bot(ANN)
    said = await api.make("sendMessage", chat_id=staff.id, text="Hello")
    name = f"@{staff.group.bot.username}"
    for text in ("chatter", "/start", "/start@another_bot", f"/start{name}", f"hey {name}!", "a reply"):
        staff.send(BOB, text, reply_to=int(str(said["message_id"])) if text == "a reply" else 0)
    messages = await heard(api, "message")

    assert [one["text"] for one in messages if "text" in one] == ["/start", f"/start{name}", f"hey {name}!", "a reply"]
    staff.promote_bot(ANN)
    staff.send(BOB, "chatter again")
    assert (await heard(api, "message"))[-1]["text"] == "chatter again"


async def test_keys_in_a_group_say_who_pressed_and_answer_them_alone(staff: Room, api: Api) -> None:
    staff.add_bot(ANN)
    await api.ask("sendMessage", chat_id=staff.id, text="Order 17", reply_markup=KEYS)
    staff.tap(BOB, "Ship")
    updates = await api.updates()
    judged(updates[-1], telegram.Update, aiogram.types.Update)
    query = updates[-1]["callback_query"]

    assert isinstance(query, dict)
    assert (query["from"]["id"], query["message"]["chat"]["id"]) == (BOB, staff.id)
    await api.ask("answerCallbackQuery", callback_query_id=query["id"], text="Not yours", show_alert=True)
    assert [toast.text for toast in staff.toasts(BOB)] == ["Not yours"]
    assert staff.toasts(ANN) == []
    with pytest.raises(CannotDo, match="Oscar is not in Tea staff"):
        staff.tap("Oscar", "Ship")


async def test_topics_are_opened_written_in_closed_and_gone(staff: Room, api: Api) -> None:
    staff.add_bot(ANN)
    refusal = (400, "Bad Request: not enough rights to create a topic")
    assert await api.refused("createForumTopic", chat_id=staff.id, name="Orders") == refusal
    staff.promote_bot(ANN, "can_manage_topics")
    topic = await api.make("createForumTopic", chat_id=staff.id, name="Orders")
    judged(topic, telegram.ForumTopic, aiogram.types.ForumTopic)
    thread = topic["message_thread_id"]
    sent = await api.make("sendMessage", chat_id=staff.id, message_thread_id=thread, text="Order 17")

    judged(sent, telegram.Message, aiogram.types.Message)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (thread, True)
    staff.promote_bot(ANN, "can_pin_messages")
    staff.close_topic(ANN, int(str(thread)))
    closed = await api.refused("sendMessage", chat_id=staff.id, message_thread_id=thread, text="x")
    assert closed == (400, "Bad Request: TOPIC_CLOSED")
    staff.delete_topic(ANN, int(str(thread)))
    gone = await api.refused("sendMessage", chat_id=staff.id, message_thread_id=thread, text="x")
    assert gone == (400, "Bad Request: message thread not found")
    private = await api.refused("sendMessage", chat_id=ANN, message_thread_id=thread, text="x")
    assert private == (400, "Bad Request: message thread not found")


async def test_who_may_not_write_is_told_what(staff: Room, api: Api) -> None:
    staff.add_bot(ANN)
    staff.group.muted = True
    refused = await api.refused("sendMessage", chat_id=staff.id, text="x")
    assert refused == (400, "Bad Request: not enough rights to send text messages to the chat")
    picture = await api.upload("sendPhoto", png(), chat_id=staff.id)
    assert picture == "Bad Request: not enough rights to send photos to the chat"
    staff.group.set_bot("left")
    refused = await api.refused("sendMessage", chat_id=staff.id, text="x")
    assert refused == (403, "Forbidden: bot is not a member of the supergroup chat")


async def test_a_group_that_grows_is_another_chat(simulator: Simulator, api: Api) -> None:
    small = simulator.found("Two of us", ANN, "group")
    small.add_bot(ANN)
    big = small.upgrade(ANN)
    status, body = await api.post("sendMessage", chat_id=small.id, text="x")

    assert (status, body["description"], body["parameters"]) == (
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        {"migrate_to_chat_id": big.id},
    )
    messages = await heard(api, "message")
    assert [one.get("migrate_to_chat_id") or one.get("migrate_from_chat_id") for one in messages[-2:]] == [
        big.id,
        small.id,
    ]
    await api.ask("sendMessage", chat_id=big.id, text="x")


async def test_a_channel_hears_administrators_only(simulator: Simulator, api: Api) -> None:
    channel = simulator.found("Tea news", ANN, "channel")
    channel.join(BOB)
    channel.promote_bot(ANN, "can_delete_messages")
    needed = (400, "Bad Request: need administrator rights in the channel chat")
    assert await api.refused("sendMessage", chat_id=channel.id, text="x") == needed
    channel.promote_bot(ANN)
    post = await api.make("sendMessage", chat_id=channel.id, text="New tea", reply_markup=KEYS)

    judged(post, telegram.Message, aiogram.types.Message)
    assert "from" not in post
    await api.ask("editMessageText", chat_id=channel.id, message_id=post["message_id"], text="Sold out")
    with pytest.raises(CannotDo, match="Bob only reads"):
        channel.send(BOB, "hello")
    channel.send(ANN, "By hand")
    posts = await heard(api, "channel_post")
    judged(posts[0], telegram.Message, aiogram.types.Message)
    channel.delete(ANN, int(str(post["message_id"])))
    gone = await api.refused("editMessageText", chat_id=channel.id, message_id=post["message_id"], text="x")
    assert gone == (400, "Bad Request: message to edit not found")


def judged_by_ptb(member: JsonObject) -> None:
    read = telegram.ChatMember.de_json(member, None)
    assert read is not None
    assert dict(read.api_kwargs) == {}


async def test_chats_and_members_read_well_in_both_libraries(simulator: Simulator, staff: Room, api: Api) -> None:
    channel = simulator.found("Tea news", ANN, "channel")
    staff.add_bot(ANN)
    channel.promote_bot(ANN)
    staff.join("Ivan", status="administrator")
    staff.join("Olga", status="kicked")
    for room in (staff, channel):
        judged(await api.ask("getChat", chat_id=room.id), telegram.ChatFullInfo, aiogram.types.ChatFullInfo)
    kinds: dict[int, type[aiogram.types.TelegramObject]] = {
        ANN: aiogram.types.ChatMemberOwner,
        BOB: aiogram.types.ChatMemberMember,
        1004: aiogram.types.ChatMemberAdministrator,
        1003: aiogram.types.ChatMemberBanned,
        1005: aiogram.types.ChatMemberLeft,
        int(TOKEN.partition(":")[0]): aiogram.types.ChatMemberMember,
    }
    for number, kind in kinds.items():
        member = await api.make("getChatMember", chat_id=staff.id, user_id=number)
        kind.model_validate(member, strict=False)
        member.pop("can_send_welcome_messages", None)  # newer than PTB
        judged_by_ptb(member)
    me = await api.make("getChatMember", chat_id=channel.id, user_id=int(TOKEN.partition(":")[0]))
    aiogram.types.ChatMemberAdministrator.model_validate(me, strict=False)
    judged(
        await api.ask("getChatMember", chat_id=ANN, user_id=ANN), telegram.ChatMember, aiogram.types.ChatMemberMember
    )


async def test_a_group_takes_twenty_messages_a_minute(staff: Room, api: Api) -> None:
    clock = ManualClock()
    staff.add_bot(ANN)
    staff.world.flood.clock, staff.world.flood.enabled = clock, True
    for _ in range(20):
        clock.advance(1)
        await api.ask("sendMessage", chat_id=staff.id, text="x")
    statuses = [(await api.post("sendMessage", chat_id=staff.id, text="x"))[0] for _ in range(8)]

    assert statuses[-1] == 429
    clock.advance(3)
    await api.ask("sendMessage", chat_id=staff.id, text="x")


async def test_groups_survive_a_restart(staff: Room, api: Api, tmp_path: Path) -> None:
    staff.add_bot(ANN)
    staff.promote_bot(ANN, "can_manage_topics")
    topic = staff.open_topic(ANN, "Orders")
    await api.ask("sendMessage", chat_id=staff.id, message_thread_id=topic.id, text="Order 17", reply_markup=KEYS)
    file = tmp_path / "state.json"
    save(staff.world, file)
    again = Simulator()
    load(again.world, file)

    known = again.world.groups[staff.id]
    assert known.shows("Order 17")
    assert (known.bot_json(), known.topics, known.status) == (
        staff.group.bot_json(),
        staff.group.topics,
        staff.group.status,
    )
