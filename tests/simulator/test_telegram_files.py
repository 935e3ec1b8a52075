"""Pictures and files: uploads, lasting ids, addresses that cannot be reached."""

import asyncio

import telegram
from aiohttp import web

from simulator.server import Simulator
from simulator.telegram.images import measure
from simulator.telegram.wire import Json, JsonObject
from tests.simulator.telegram_world import ANN, BOB, Api, png

WRONG = (400, "Bad Request: wrong file identifier/HTTP URL specified")


def file_id(message: Json) -> str:
    """The id of the largest size of a photo message."""
    assert isinstance(message, dict)
    sizes = message["photo"]
    assert isinstance(sizes, list)
    return str(sizes[-1]["file_id"])


async def test_a_photo_keeps_its_id_and_can_be_sent_again_by_it(api: Api) -> None:
    first = file_id(await api.upload("sendPhoto", png(), chat_id=ANN))
    again = file_id(await api.ask("sendPhoto", chat_id=BOB, photo=first))
    same = file_id(await api.upload("sendPhoto", png(), chat_id=ANN))

    assert first == again == same


async def test_an_id_is_good_for_the_bot_that_got_it_only(simulator: Simulator, api: Api) -> None:
    mine = file_id(await api.upload("sendPhoto", png(), chat_id=ANN))
    other = Api(api.session, simulator, "77:other-token")
    await other.ask("getMe")
    simulator.send(ANN, "/start", bot=77)

    assert await other.refused("sendPhoto", chat_id=ANN, photo=mine) == WRONG
    assert await api.refused("sendDocument", chat_id=ANN, document=mine) == (
        400,
        "Bad Request: can't use file of type Photo as Document",
    )


async def test_what_a_person_sent_can_be_downloaded(simulator: Simulator, api: Api, bot: telegram.Bot) -> None:
    picture = png(30, 20)
    simulator.send_photo(ANN, picture, "Tea; 4; 10; Drinks")
    message = (await api.updates())[0]["message"]
    assert isinstance(message, dict)
    downloaded = await (await bot.get_file(file_id(message))).download_as_bytearray()

    assert message["caption"] == "Tea; 4; 10; Drinks"
    assert bytes(downloaded) == picture
    assert measure(bytes(downloaded)) == ("image/png", 30, 20)


async def test_what_is_no_picture_is_refused(api: Api) -> None:
    assert await api.upload("sendPhoto", b"not a picture", chat_id=ANN) == "Bad Request: IMAGE_PROCESS_FAILED"
    assert await api.upload("sendPhoto", png(2, 50), chat_id=ANN) == "Bad Request: PHOTO_INVALID_DIMENSIONS"
    assert await api.upload("sendPhoto", png() + b"\0" * 10 * 1024 * 1024, chat_id=ANN) == (
        "Bad Request: file is too big"
    )
    assert await api.refused("sendPhoto", chat_id=ANN) == (400, "Bad Request: there is no photo in the request")


async def test_a_body_over_fifty_megabytes_is_not_even_read(simulator: Simulator, api: Api) -> None:
    port = int(simulator.url.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"POST /bot{api.token}/sendDocument HTTP/1.1\r\nHost: x\r\nContent-Length: 60000000\r\n\r\n".encode())
    status = await reader.readline()
    writer.close()

    assert b" 413 " in status


async def test_pictures_elsewhere_are_believed_unless_unreachable(simulator: Simulator, api: Api) -> None:
    await api.ask("sendPhoto", chat_id=ANN, photo="https://cdn.shop.com/tea.png")

    for address in ("https://pictures.invalid/tea.png", "http://nowhere/tea.png", "http://127.0.0.1:9/tea.png"):
        assert await api.refused("sendPhoto", chat_id=ANN, photo=address) == WRONG
    simulator.world.remote_pictures = False
    assert await api.refused("sendPhoto", chat_id=ANN, photo="https://cdn.shop.com/tea.png") == WRONG


async def test_pictures_on_this_machine_are_fetched(api: Api) -> None:
    async def serve(request: web.Request) -> web.Response:
        if request.path == "/tea.png":
            return web.Response(body=png(), content_type="image/png")
        return web.Response(text="words", status=200 if request.path == "/words" else 404)

    application = web.Application()
    application.router.add_get("/{name}", serve)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        message = await api.make("sendPhoto", chat_id=ANN, photo=f"{address}/tea.png")
        missing = await api.refused("sendPhoto", chat_id=ANN, photo=f"{address}/gone.png")
        words = await api.refused("sendPhoto", chat_id=ANN, photo=f"{address}/words")
    finally:
        await runner.cleanup()

    assert file_id(message)
    assert missing == (400, "Bad Request: failed to get HTTP URL content")
    assert words == (400, "Bad Request: wrong type of the web page content")


async def test_an_album_takes_uploads_from_the_same_body(api: Api, bot: telegram.Bot) -> None:
    album = await bot.send_media_group(
        ANN, [telegram.InputMediaPhoto(png(shade=1)), telegram.InputMediaPhoto(png(shade=2))], caption="Two teas"
    )

    assert [message.caption for message in album] == ["Two teas", None]
    assert len({message.photo[-1].file_unique_id for message in album}) == 2


async def test_an_unknown_file_cannot_be_downloaded(api: Api) -> None:
    target: JsonObject = {"file_id": "AgAC"}

    assert await api.refused("getFile", **target) == (400, "Bad Request: invalid file_id")
    assert await api.refused("getFile") == (400, "Bad Request: file_id not specified")
