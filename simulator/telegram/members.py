"""Members of groups and channels as the Bot API shows them: one shape a status."""

from simulator.telegram.wire import JsonObject

_ALWAYS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)
_GROUP = ("can_pin_messages", "can_manage_topics")
_CHANNEL = ("can_post_messages", "can_edit_messages")
ADMIN_RIGHTS: dict[str, frozenset[str]] = {
    "group": frozenset((*_ALWAYS, "can_pin_messages")) - {"can_promote_members"},
    "supergroup": frozenset((*_ALWAYS, *_GROUP)) - {"can_promote_members"},
    "channel": frozenset((*_ALWAYS, *_CHANNEL)) - {"can_promote_members"},
}
PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


def member_json(user: JsonObject, status: str, kind: str, rights: frozenset[str] = frozenset()) -> JsonObject:
    """The Bot API's `ChatMember`; `kind` is the type of the chat."""
    body: JsonObject = {"user": user, "status": status}
    if status == "creator":
        body["is_anonymous"] = False
    if status == "administrator":
        names = (*_ALWAYS, *(_CHANNEL if kind == "channel" else _GROUP))
        body |= {"can_be_edited": False, "is_anonymous": False, **{name: name in rights for name in names}}
    if status == "kicked":
        body["until_date"] = 0
    return body


def permissions_json(*, muted: bool) -> JsonObject:
    """The Bot API's `ChatPermissions` of a group."""
    return {name: not muted or not name.startswith("can_send") for name in PERMISSIONS}
