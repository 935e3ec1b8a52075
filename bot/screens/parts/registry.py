"""Every button of the bot, one frozen Struct each, a module a subject: the map of the chat.

To add one, write it in `bot/screens/<side>/<noun>/buttons.py`:

    @button
    class OpenProduct(Button, frozen=True):
        prefix: ClassVar[str] = "p"
        product_id: int

and handle it in `handlers.py` beside it with `@router.button(OpenProduct)`. Prefixes are short and unique (the
registry refuses a taken one), and never change their meaning: old keyboards stay in people's chats for years.
"""

from bot.sending.button import Registry

registry = Registry()
button = registry.add
