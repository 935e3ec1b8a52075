"""What an update asks for, as a name for figures: few names, all of our own making, whatever people send."""

from bot.intake.groups import GroupSaid, GroupTap, Joined, Moved
from bot.intake.reading import Incoming, Reachable, Refunded, Tap
from bot.routing.router import Router
from bot.routing.said import InlineAsked, PaymentMade, PreCheckout, Said, ShippingAsked, SubscriptionChanged
from bot.screens.parts.registry import registry

OTHERS = {
    PreCheckout: "before payment",
    ShippingAsked: "shipping question",
    PaymentMade: "payment",
    Refunded: "refund",
    Reachable: "stopped or started",
    GroupTap: "group key",
    GroupSaid: "group command",
    Joined: "let in or thrown out",
    Moved: "group moved",
    InlineAsked: "inline query",
    SubscriptionChanged: "subscription",
}


def screen_of(incoming: Incoming, router: Router) -> str:
    """The button that was tapped, the command that was given, or what else came."""
    what = incoming.what
    if isinstance(what, Tap):
        pressed = registry.unpack(what.data)
        return "unknown button" if pressed is None else type(pressed).__name__
    if isinstance(what, Said):
        if what.text.startswith("/"):
            name = what.text[1:].split(maxsplit=1)[0].split("@")[0].lower() if len(what.text) > 1 else ""
            name = router.guessed.get(name, name)
            return f"/{name}" if name in router.commands else "unknown command"
        return "photo" if what.photo_file_id is not None else "message"
    return OTHERS[type(what)]
