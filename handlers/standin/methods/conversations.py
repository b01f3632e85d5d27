"""conversations.* and the suggested prompts of the Messages tab."""

from __future__ import annotations

from handlers.standin.methods._call import Call, Method
from handlers.standin.state import Refused
from handlers.standin.values import Channel, Json, Message


def _object(call: Call, channel: Channel) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_im": channel.kind == "im",
        "is_private": channel.kind != "public",
        "is_archived": channel.archived,
        "is_member": call.team.bot_user in channel.members,
        "num_members": len(channel.members),
    }


def info(call: Call) -> Json:
    """What a conversation is."""
    return {"channel": _object(call, call.channel())}


def listing(call: Call) -> Json:
    """Every conversation that the bot may see."""
    seen = [c for c in call.state.channels.values() if c.team == call.team.id]
    may = [c for c in seen if c.kind == "public" or call.team.bot_user in c.members]
    return {"channels": [_object(call, c) for c in may], "response_metadata": {"next_cursor": ""}}


def members(call: Call) -> Json:
    """Who is in a conversation."""
    return {"members": sorted(call.channel().members), "response_metadata": {"next_cursor": ""}}


def _inside(call: Call) -> Channel:
    channel = call.channel()
    if call.team.bot_user not in channel.members:
        raise Refused("not_in_channel")
    return channel


def _page(call: Call, found: list[Message]) -> Json:
    limit = int(call.params.get("limit") or 100)
    oldest, latest = float(call.params.get("oldest") or 0), float(call.params.get("latest") or 1e12)
    within = [m for m in found if oldest <= float(m.ts) <= latest]
    return {
        "messages": [m.as_slack(call.team.id) for m in within[:limit]],
        "has_more": len(within) > limit,
    }


def history(call: Call) -> Json:
    """The newest messages first, without those in threads and without ephemerals."""
    channel = _inside(call)
    found = [
        m
        for m in call.state.messages.values()
        if m.channel == channel.id and not m.ephemeral_for and m.thread in (None, m.ts)
    ]
    return _page(call, sorted(found, key=lambda m: m.ts, reverse=True))


def replies(call: Call) -> Json:
    """A parent and its thread, oldest first."""
    channel, ts = _inside(call), str(call.need("ts"))
    if (channel.id, ts) not in call.state.messages:
        raise Refused("thread_not_found")
    found = [m for m in call.state.messages.values() if m.channel == channel.id and not m.ephemeral_for]
    return _page(call, sorted((m for m in found if ts in (m.ts, m.thread)), key=lambda m: m.ts))


def open_direct(call: Call) -> Json:
    """Open the direct conversation with one user."""
    user = call.state.users.get(str(call.need("users")))
    if user is None or user.team != call.team.id:
        raise Refused("user_not_found")
    return {"channel": {"id": call.state.direct(user).id}}


def prompts(call: Call) -> Json:
    """Suggest what to ask in the Messages tab: one to four titles with messages."""
    channel = call.state.channels.get(str(call.need("channel_id")))
    if channel is None or channel.kind != "im":
        raise Refused("channel_not_found")
    given = call.need("prompts")
    if not isinstance(given, list) or not 1 <= len(given) <= 4:
        raise Refused("invalid_arguments")
    if any(not p.get("title") or not p.get("message") for p in given):
        raise Refused("invalid_arguments")
    call.state.prompts[channel.id] = given
    call.state.happened("prompts", (channel, tuple(given)))
    return {}


METHODS = {
    "conversations.info": Method(info, "channels:read"),
    "conversations.list": Method(listing, "channels:read"),
    "conversations.members": Method(members, "channels:read"),
    "conversations.history": Method(history, "channels:history"),
    "conversations.replies": Method(replies, "channels:history"),
    "conversations.open": Method(open_direct, "im:write"),
    "assistant.threads.setSuggestedPrompts": Method(prompts, "assistant:write"),
}
