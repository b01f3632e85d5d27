"""One way to reach each listener: what a person does, and what is sent for it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from handlers.standin import Done, Slack, View

Act = Callable[[Slack], Awaitable[Done]]
ASK = "/msc who mentioned harbour"
WRONG = {"en-US": "Wrong speaker?", "de-DE": "Falscher Sprecher?"}


async def command(slack: Slack) -> Done:
    return await slack.command("#general", ASK)


async def page(slack: Slack) -> Done:
    return await slack.click(await slack.ask("#general", ASK), "page_on")


async def narrowed(slack: Slack) -> Done:
    answer = await slack.ask("#general", ASK)
    offered = await slack.suggest(answer, "filter_speaker", "Ada Holm")
    return await slack.click(answer, "filter_speaker", choose=offered.options[0])


async def offered(slack: Slack) -> Done:
    return await slack.suggest(await slack.ask("#general", ASK), "filter_speaker", "ad")


async def share(slack: Slack) -> Done:
    return await slack.click(await slack.ask("#general", "/msc who mentioned weather"), "share")


async def open_article(slack: Slack) -> Done:
    return await slack.click(await slack.ask("#general", "/msc who mentioned weather"), "open")


async def context(slack: Slack) -> Done:
    return await slack.click(await slack.ask("#general", "/msc who mentioned waits"), "context")


async def earlier(slack: Slack) -> Done:
    view = await slack.next("updated", after=await context(slack))
    return await slack.click(view, "context_earlier")


async def feedback(slack: Slack) -> Done:
    answer = await slack.ask("#general", "/msc who mentioned weather")
    return await slack.click(answer, "feedback", choose=WRONG[slack.user().locale])


async def verify(slack: Slack) -> Done:
    said = slack.say("#general", "The ferry will sail in every weather", "bruno")
    return await slack.message_shortcut(said, "verify")


async def search(slack: Slack) -> Done:
    return await slack.shortcut("search")


async def form(slack: Slack) -> View:
    view = await slack.next("opened", after=await search(slack))
    assert isinstance(view, View)
    return view


async def suggest(slack: Slack) -> Done:
    return await slack.suggest(await form(slack), "about", "ad")


async def searched(slack: Slack) -> Done:
    return await slack.submit(await form(slack), {"words": "who mentioned weather"})


async def mention(slack: Slack) -> Done:
    return await slack.mention("#general", "who mentioned ferry")


async def direct(slack: Slack) -> Done:
    return await slack.dm("quotes Siri Vang")


async def home_tab(slack: Slack) -> Done:
    return await slack.open_home("carla")


async def home(slack: Slack) -> View:
    done = await home_tab(slack)
    shown = await slack.next("home", after=done, where=settled)
    assert isinstance(shown, View)
    return shown


async def search_at_home(slack: Slack) -> Done:
    return await slack.click(await home(slack), "home_search", "carla")


async def settings(slack: Slack) -> Done:
    return await slack.click(await home(slack), "settings_open", "carla")


async def settings_saved(slack: Slack) -> Done:
    view = await slack.next("opened", after=await settings(slack))
    return await slack.submit(view, {"adding": "everyone"}, "carla")


async def subscription(slack: Slack) -> Done:
    return await slack.click(await home(slack), "subscription_new", "carla")


async def digest(slack: Slack) -> Done:
    return await slack.command("#general", "/msc digest")


async def digest_form(slack: Slack) -> View:
    view = await slack.next("opened", after=await digest(slack))
    assert isinstance(view, View)
    return view


async def digest_saved(slack: Slack) -> Done:
    return await slack.submit(await digest_form(slack), {"at": "08:00", "zone": "Europe/Berlin"})


async def digest_preview(slack: Slack) -> Done:
    return await slack.click(await digest_form(slack), "digest_preview")


async def forged(slack: Slack, action_id: str, value: str) -> Done:
    """Click a button that stands under a digest's theme, without waiting a day for the digest."""
    answer = await slack.ask("#general", "/msc who mentioned weather")
    real = await slack.click(answer, "open")
    payload: dict[str, Any] = {**real.payload, "trigger_id": slack.state.new_trigger(slack.user("alice").id)}
    payload["actions"] = [{**payload["actions"][0], "action_id": action_id, "value": value}]
    mark = slack.mark()
    ack = await slack.courier().deliver("interactive", payload)
    return Done("interactive", payload, ack, mark, {})


async def follow(slack: Slack) -> Done:
    return await forged(slack, "digest_follow", '{"k":"harbour","t":"The harbour"}')


async def further(slack: Slack) -> Done:
    return await forged(slack, "digest_more", '{"t":"The harbour","q":[[1,33]]}')


async def unknown(slack: Slack) -> Done:
    return await forged(slack, "from_long_ago", "x")


async def unknown_shortcut(slack: Slack) -> Done:
    return await slack.shortcut("from_long_ago")


async def unknown_form(slack: Slack) -> Done:
    view = await form(slack)
    slack.state.views[view.id] = replace(view, payload={**view.payload, "callback_id": "from_long_ago"})
    return await slack.submit(view, {"words": "ferry"})


async def link(slack: Slack) -> Done:
    address = "https://news.example.org/1"
    said = slack.say("#general", f"<{address}>", "bruno")
    inner = {"type": "link_shared", "user": said.user, "channel": said.channel, "message_ts": said.ts}
    return await slack.event("bruno", {**inner, "links": [{"url": address, "domain": "news.example.org"}]})


async def uninstalled(slack: Slack) -> Done:
    return await slack.event("alice", {"type": "app_uninstalled"})


async def revoked(slack: Slack) -> Done:
    return await slack.event("alice", {"type": "tokens_revoked", "tokens": {"bot": ["U1"]}})


_DAY = re.compile(
    r"\b(?:(?!1[0-2] Feb 2026)\d{1,2} [A-Z][a-z]{2} 20\d\d"
    r"|(?!1[0-2]\.02\.2026)\d\d\.\d\d\.20\d\d)(?:, \d{1,2}:\d\d)?"
)


def plain(value: Any) -> Any:
    """Return what was sent without what differs from day to day, and without the ids that Slack adds."""
    if isinstance(value, dict):
        mine = value.get("type") == "input"
        return {k: plain(v) for k, v in value.items() if mine or k != "block_id"}
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    return _DAY.sub("(a day)", value) if isinstance(value, str) else value


def settled(what: object) -> bool:
    """Say whether it is the answer, and not what stands there until it comes."""
    shown = getattr(what, "words", str)()
    return not re.search("Searching|Looking|Wird gesucht|nachgeschlagen|werden durchgesehen", shown)


def sent(what: object) -> object:
    """Return what the user sees of it."""
    if isinstance(what, tuple):
        return {"unfurls": what[1]}
    payload = getattr(what, "payload", None)
    return payload or {"text": getattr(what, "text", ""), "blocks": list(getattr(what, "blocks", ()))}
