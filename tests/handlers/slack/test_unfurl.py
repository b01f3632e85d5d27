"""Previews of articles' addresses: only when asked for, only the workspace's own, once."""

from __future__ import annotations

from dataclasses import replace

from bot.render.validate import faults
from bot.services import Services
from handlers.standin import Slack
from tests.handlers.slack import _corpus
from tests.handlers.slack.conftest import by_http

ADDRESS = "https://news.example.org/1"


async def shared(slack: Slack, *addresses: str, copies: int = 1) -> None:
    """Let alice post addresses."""
    said = slack.say("#general", " ".join(addresses))
    links = [{"url": a, "domain": "news.example.org"} for a in addresses]
    inner = {"type": "link_shared", "user": slack.user().id, "channel": said.channel, "links": links}
    await slack.event("alice", {**inner, "message_ts": said.ts, "ts": said.ts}, copies)


async def test_an_article_that_we_have_is_previewed_once(empty: Services) -> None:
    settings = empty.settings.model_copy(update={"unfurl": True})
    async with Slack() as slack, by_http(slack, replace(empty, settings=settings)):
        await _corpus.save(empty.db, slack.team.id)
        await shared(slack, "https://news.example.org/unknown")
        await shared(slack, ADDRESS, copies=2)
        _, unfurls = await slack.next("unfurled", after=0)
        assert list(unfurls) == [ADDRESS]
        blocks = unfurls[ADDRESS]["blocks"]
        assert faults("message", blocks, "a preview") == []
        assert "every weather" in str(blocks) and "We need the harbour" in str(blocks)
        await slack.ask("#general", "/msc help")
        assert len(slack.calls("chat.unfurl")) == 1


async def test_a_link_is_previewed_while_it_is_being_written(empty: Services) -> None:
    settings = empty.settings.model_copy(update={"unfurl": True})
    async with Slack() as slack, by_http(slack, replace(empty, settings=settings)):
        await _corpus.save(empty.db, slack.team.id)
        links = [{"url": ADDRESS, "domain": "news.example.org"}]
        inner = {"type": "link_shared", "user": slack.user().id, "channel": "COMPOSER", "links": links}
        mine = {"message_ts": "U1-abc", "unfurl_id": "U1-abc", "source": "composer"}
        _, unfurls = await slack.next("unfurled", after=await slack.event("alice", inner | mine))
        assert list(unfurls) == [ADDRESS]


async def test_nothing_is_previewed_unless_it_is_asked_for(one_way: Slack) -> None:
    await shared(one_way, ADDRESS)
    await one_way.ask("#general", "/msc help")
    assert one_way.calls("chat.unfurl") == []
