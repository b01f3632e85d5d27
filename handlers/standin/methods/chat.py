"""chat.*: messages that the bot posts, changes and deletes."""

from __future__ import annotations

from handlers.standin.methods._call import Call, Method
from handlers.standin.methods._content import content, previews
from handlers.standin.state import Refused
from handlers.standin.values import Channel, Json, Message


def _thread(call: Call, channel: Channel) -> str | None:
    """The parent's ts; an answer to an answer goes to the same parent, a foreign ts is refused."""
    ts = call.params.get("thread_ts")
    if not ts:
        return None
    parent = call.state.messages.get((channel.id, str(ts)))
    if parent is None:
        raise Refused("thread_not_found")
    return parent.thread or parent.ts


def post(call: Call) -> Json:
    """Post into a channel, a thread or a direct conversation."""
    channel = call.channel(posting=True)
    metadata = call.params.get("metadata")
    message = call.state.post(
        Message(
            channel.id,
            call.state.ts(),
            call.team.bot_user,
            thread=_thread(call, channel),
            bot_id=call.team.bot_id,
            metadata=metadata if isinstance(metadata, dict) else None,
            **content(call.params),
        )
    )
    return {"channel": channel.id, "ts": message.ts, "message": message.as_slack(call.team.id)}


def post_ephemeral(call: Call) -> Json:
    """Post for one user's eyes; the user must be in the channel."""
    channel, user = call.channel(posting=True), call.user()
    if user.id not in channel.members:
        raise Refused("user_not_in_channel")
    message = call.state.post(
        Message(
            channel.id,
            call.state.ts(),
            call.team.bot_user,
            thread=_thread(call, channel),
            bot_id=call.team.bot_id,
            ephemeral_for=user.id,
            **content(call.params),
        )
    )
    return {"message_ts": message.ts}


def update(call: Call) -> Json:
    """Change a message of the bot's own."""
    channel = call.channel(posting=True)
    message = call.state.edit(call.message(channel), **content(call.params))
    given = message.as_slack(call.team.id)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": given}


def delete(call: Call) -> Json:
    """Delete a message of the bot's own."""
    channel = call.channel(posting=True)
    message = call.message(channel)
    call.state.delete(message)
    return {"channel": channel.id, "ts": message.ts}


def permalink(call: Call) -> Json:
    """The address of a message."""
    channel, ts = call.channel(), str(call.need("message_ts"))
    if (channel.id, ts) not in call.state.messages:
        raise Refused("message_not_found")
    return {"channel": channel.id, "permalink": f"{call.base}/archives/{channel.id}/p{ts.replace('.', '')}"}


def unfurl(call: Call) -> Json:
    """Attach previews to links in a message, or in one that is still being written."""
    unfurls = previews(call.need("unfurls"))
    if call.params.get("unfurl_id"):
        if call.need("source") not in ("composer", "conversations_history"):
            raise Refused("invalid_arguments")
        call.state.happened("unfurled", (None, unfurls))
        return {}
    channel = call.channel()
    message = call.state.messages.get((channel.id, str(call.need("ts"))))
    if message is None:
        raise Refused("cannot_unfurl_message")
    call.state.happened("unfurled", (message, unfurls))
    return {}


METHODS = {
    "chat.postMessage": Method(post, "chat:write"),
    "chat.postEphemeral": Method(post_ephemeral, "chat:write"),
    "chat.update": Method(update, "chat:write"),
    "chat.delete": Method(delete, "chat:write"),
    "chat.getPermalink": Method(permalink),
    "chat.unfurl": Method(unfurl, "links:write"),
}
