"""What a user can do on the page: one small function each, over the control side of the stand-in."""

from __future__ import annotations

import html
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from handlers.standin import Done, Message, Slack, View
from handlers.standin.values import Json

Act = Callable[[Slack, str, Json], Awaitable[Json]]

LONGEST = 12_000  # characters of a message that one types


async def send(slack: Slack, user: str, what: Json, files: Mapping[str, bytes] | None = None) -> Json:
    """Send what was typed: a slash command, a mention, a direct message, or a plain message.

    `files`, by name, are shared with it; a slash command takes none, so they go as a message.
    """
    text, place, thread = str(what["text"]).strip()[:LONGEST], str(what["place"]), what.get("thread") or None
    said = html.escape(text, quote=False)  # as Slack keeps what people type
    channel = slack.channel(place, user)
    if text.startswith("/") and not files:
        if thread:
            slack.whisper(place, user, f"{text.split()[0]} is not supported in threads. Sorry!", thread)
            return {}
        return await _command(slack, user, place, text)
    bot = slack.state.users[slack.state.teams[channel.team].bot_user].name
    mention = re.compile(rf"@{re.escape(bot)}(?:-bot)?\b[,:]?\s*")
    if channel.kind == "im":
        return _told(await slack.dm(said, user, thread, files=files))
    if mention.search(said):
        said = mention.sub("", said, count=1)
        return _told(await slack.mention(place, said, user, thread, files=files))
    slack.say(place, said, user, thread, slack.uploaded(user, files or {}))
    return {}


async def _command(slack: Slack, user: str, place: str, text: str) -> Json:
    name = text.split()[0]
    if name != "/msc":
        slack.whisper(place, user, f"{name} is not a valid command. Try /msc help")
        return {}
    return _told(await slack.command(place, text, user))


async def click(slack: Slack, user: str, what: Json) -> Json:
    """Click a button, or choose in a menu."""
    shown = _shown(slack, user, what)
    done = await slack.click(
        shown,
        str(what["action"]),
        user,
        value=what.get("value"),
        choose=what.get("choose"),
        block=what.get("block"),
        filled=what.get("filled"),
    )
    return _told(done)


async def submit(slack: Slack, user: str, what: Json) -> Json:
    """Submit the modal that is open."""
    view = _shown(slack, user, what)
    assert isinstance(view, View)
    done = await slack.submit(view, what.get("values") or {}, user)
    return {**_told(done), "errors": dict(done.errors)}


async def close(slack: Slack, user: str, what: Json) -> Json:
    """Close the modal on top, or all of them."""
    view = slack.modal(user)
    if view is not None:
        await slack.close(view, user, cleared=bool(what.get("all")))
    return {}


async def suggest(slack: Slack, user: str, what: Json) -> Json:
    """Ask the app for the options of an external menu."""
    done = await slack.suggest(_shown(slack, user, what), str(what["action"]), str(what["query"]), user)
    return {**_told(done), "groups": _groups(done)}


def _groups(done: Done) -> list[Json]:
    """What a menu offers, under the headings that the app gave."""
    answer = done.ack.body or {}
    if done.failed or not answer.get("option_groups"):
        return [{"label": "", "options": list(done.options)}]
    return [{"label": g["label"]["text"], "options": g["options"]} for g in answer["option_groups"]]


async def shortcut(slack: Slack, user: str, what: Json) -> Json:
    """Use a shortcut, of the whole app or of one message."""
    if not what.get("of"):
        return _told(await slack.shortcut(str(what["callback"]), user))
    message = _shown(slack, user, what)
    assert isinstance(message, Message)
    return _told(await slack.message_shortcut(message, str(what["callback"]), user))


async def visit(slack: Slack, user: str, what: Json) -> Json:
    """Open the Home or the Messages tab of the app."""
    return _told(await slack.open_home(user, str(what["tab"])))


ACTS: dict[str, Act] = {act.__name__: act for act in (send, click, submit, close, suggest, shortcut, visit)}


def _shown(slack: Slack, user: str, what: Json) -> Message | View:
    """What is clicked on, `m:channel:ts` or `v:view`; raises LookupError when this user does not see it."""
    kind, _, rest = str(what["of"]).partition(":")
    who = slack.user(user)
    found: Any
    if kind == "v":
        found = slack.state.views.get(rest)
        visible = found is not None and found.user == who.id
    else:
        channel, _, ts = rest.partition(":")
        found = slack.state.messages.get((channel, ts))
        visible = found is not None and found.ephemeral_for in (None, who.id)
    if not visible:
        raise LookupError("this is not there any more")
    assert isinstance(found, Message | View)
    return found


def _told(done: Done) -> Json:
    """What the page shows when the app did not answer."""
    if done.failed:
        return {"failed": done.failed}
    return {"failed": "The app did not answer."} if done.ack.error else {}
