"""Every button of the bot, one frozen Struct each, a module a subject: the map of the chat.

To add one, write it in `bot/buttons/<subject>.py`:

    @button
    class OpenProduct(Button, frozen=True):
        prefix: ClassVar[str] = "p"
        product_id: int

and handle it in `bot/handlers/<subject>.py` with `@router.button(OpenProduct)`. Prefixes are short and unique (the
registry refuses a taken one), and never change their meaning: old keyboards stay in people's chats for years.
"""

from bot.button import Registry

registry = Registry()
button = registry.add
