"""The playground's page and what it sends: drawn on the server, guarded, never with HTML of an article."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from handlers.standin import Message, Slack
from handlers.standin.values import frozen
from handlers.web.app import build
from handlers.web.playground import Hint, Room, Shortcut, attach
from tests.bot.render.payloads import VALID
from tests.handlers.standin._tiny import FORM, by_socket, modal

NASTY = "<img src=x onerror=alert(1)>\"'</script><script>alert(2)</script>"
Client = TestClient[Any, Any]


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with by_socket() as running:
        yield running


@pytest.fixture
async def page(slack: Slack) -> AsyncIterator[Client]:
    app = build()
    hints = [Hint("/msc help", "/msc help", "what one can ask")]
    shortcuts = [Shortcut("Who said this?", "who", "message"), Shortcut("Search quotes", "search", "global")]
    attach(app, Room(slack, hints, ["/msc who mentioned Greenland"], shortcuts))
    async with TestClient(TestServer(app)) as client:
        yield client


async def do(page: Client, act: str, **what: Any) -> dict[str, Any]:
    origin = str(page.make_url("")).rstrip("/")
    sent = {"user": "alice", **what}
    async with page.post(f"/play/do/{act}", json=sent, headers={"Origin": origin}) as answer:
        said: dict[str, Any] = await answer.json()
        return said


async def pieces(page: Client, **query: str) -> dict[str, Any]:
    async with page.get("/play/pieces", params={"user": "alice", **query}) as answer:
        drawn: dict[str, Any] = await answer.json()
        return drawn


def text_of(drawn: dict[str, Any]) -> str:
    return "\n".join(item["html"] for item in drawn["list"])


async def test_the_bare_address_leads_to_a_channel_with_questions_to_try(page: Client) -> None:
    async with page.get("/") as answer:
        text = await answer.text()
        assert answer.status == 200
    assert "This is #general" in text
    assert "/msc who mentioned Greenland" in text
    assert "Search quotes" in text


async def test_a_command_is_answered_for_the_asker_alone(page: Client, slack: Slack) -> None:
    mark = slack.mark()
    assert await do(page, "send", place="#general", text="/msc hello") == {}
    await slack.next("posted", after=mark, where=lambda m: m.bot_id)
    assert "Only visible to you" in text_of(await pieces(page, place="#general"))
    assert text_of(await pieces(page, place="#general", user="bruno")) == ""


async def test_a_mention_is_answered_in_a_thread(page: Client, slack: Slack) -> None:
    mark = slack.mark()
    await do(page, "send", place="#general", text="@msc who said it?")
    reply = await slack.next("posted", after=mark, where=lambda m: m.bot_id)
    assert "1 reply" in text_of(await pieces(page, place="#general"))
    thread = (await pieces(page, place="#general", thread=reply.thread))["thread"]
    assert len(thread) == 2


async def test_a_button_opens_a_modal_whose_errors_stand_beside_its_inputs(
    page: Client, slack: Slack
) -> None:
    message = await slack.ask("#general", "/msc x")
    of = f"m:{message.channel}:{message.ts}"
    mark = slack.mark()
    await do(page, "click", of=of, action="open")
    view = await slack.next("opened", after=mark)
    assert 'role="dialog"' in (await pieces(page, place="#general"))["modal"]
    said = await do(page, "submit", of=f"v:{view.id}", values={"words": "bad"})
    assert said["errors"] == {"words": "Use better words."}
    offered = await do(page, "suggest", of=f"v:{view.id}", action="speaker", query="Al")
    assert offered["groups"][0]["options"][0]["text"]["text"] == "Albert"
    await do(page, "close")
    assert (await pieces(page, place="#general"))["modal"] is None


async def test_nobody_clicks_on_what_only_somebody_else_sees(page: Client, slack: Slack) -> None:
    message = await slack.ask("#general", "/msc x", user="bruno")
    said = await do(page, "click", of=f"m:{message.channel}:{message.ts}", action="open")
    assert said == {"failed": "That did not work: this is not there any more."}


@pytest.mark.parametrize("text", ["/frob", "/giphy cat"])
async def test_a_command_of_nobody_is_said_to_be_none(page: Client, text: str) -> None:
    await do(page, "send", place="#general", text=text)
    assert "is not a valid command" in text_of(await pieces(page, place="#general"))


async def test_a_command_in_a_thread_is_refused_as_slack_does(page: Client, slack: Slack) -> None:
    said = slack.say("#general", "hello")
    await do(page, "send", place="#general", text="/msc x", thread=said.ts)
    thread = (await pieces(page, place="#general", thread=said.ts))["thread"]
    assert "not supported in threads" in thread[-1]["html"]


async def test_the_home_tab_is_drawn(page: Client, slack: Slack) -> None:
    mark = slack.mark()
    await do(page, "visit", tab="home")
    await slack.next("home", after=mark)
    assert "home-blocks" in (await pieces(page, place="home"))["home"]


@pytest.mark.parametrize("name", [name for name in VALID if VALID[name][0] == "message"])
async def test_every_block_of_a_message_can_be_drawn(page: Client, slack: Slack, name: str) -> None:
    channel = slack.channel("#general").id
    slack.state.post(Message(channel, slack.state.ts(), slack.team.bot_user, "x", frozen(VALID[name][1])))
    assert len((await pieces(page, place="#general"))["list"]) == 1


async def test_a_form_with_every_input_can_be_drawn(page: Client, slack: Slack) -> None:
    slack.state.stacks[slack.user().id] = [slack.state.keep_view(slack.team.id, slack.user().id, FORM).id]
    wild = modal("Form", *VALID["a form"][1], submit={"type": "plain_text", "text": "Go"})
    assert (await pieces(page, place="#general"))["modal"]
    slack.state.stacks[slack.user().id] = [slack.state.keep_view(slack.team.id, slack.user().id, wild).id]
    assert "<select" in (await pieces(page, place="#general"))["modal"]


async def test_text_of_an_article_never_becomes_html(page: Client, slack: Slack) -> None:
    plain = {"type": "plain_text", "text": NASTY[:70]}
    option = {"text": plain, "value": NASTY[:70]}
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": NASTY}, "fields": [plain]},
        {"type": "header", "text": plain},
        {"type": "markdown", "text": NASTY},
        {"type": "image", "image_url": "https://example.org/a.png", "alt_text": NASTY, "title": plain},
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_quote",
                    "elements": [
                        {"type": "text", "text": NASTY},
                        {"type": "link", "url": 'https://x.org/"onmouseover="y', "text": NASTY},
                    ],
                }
            ],
        },
        {
            "type": "actions",
            "block_id": NASTY,
            "elements": [
                {
                    "type": "button",
                    "action_id": NASTY,
                    "value": NASTY,
                    "text": plain,
                    "accessibility_label": NASTY,
                },
                {"type": "static_select", "action_id": "s", "placeholder": plain, "options": [option]},
                {"type": "overflow", "action_id": "o", "options": [option]},
            ],
        },
        {"type": "table", "rows": [[{"type": "raw_text", "text": NASTY}]]},
    ]
    channel = slack.channel("#general").id
    slack.state.post(Message(channel, slack.state.ts(), slack.team.bot_user, NASTY, frozen(blocks)))
    slack.say("#general", NASTY)
    drawn = text_of(await pieces(page, place="#general"))
    assert "<img" not in drawn
    assert "<script" not in drawn
    assert not re.search(r"<[^>\"]*(\"[^\"]*\"[^>\"]*)*\son\w+\s*=", drawn)
    async with page.get("/play/", params={"place": channel}) as answer:
        assert "<script>alert" not in await answer.text()


async def test_only_this_machine_and_only_our_own_page_are_served(page: Client) -> None:
    async with page.get("/play/", headers={"Host": "evil.example"}) as rebound:
        assert rebound.status == 403
    for origin in ({}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        async with page.post("/play/do/send", json={"user": "alice"}, headers=origin) as foreign:
            assert foreign.status == 403
    async with page.get("/play/") as answer:
        policy = answer.headers["Content-Security-Policy"]
        text = await answer.text()
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r'(?:src|href)="(?:https?:)?//', text)


async def test_what_the_page_would_never_send_is_refused_in_a_sentence(page: Client) -> None:
    origin = {"Origin": str(page.make_url("")).rstrip("/")}
    async with page.post("/play/do/send", data=b"{", headers=origin) as answer:
        assert (await answer.json())["failed"] == "The page sent something odd; reload it."
    assert (await do(page, "click", of="v:V0", action="x"))["failed"].startswith("That did not work")
    assert (await do(page, "send", place="#nowhere", text="x"))["failed"].startswith("That did not work")
    async with page.get("/play/static/..%2f__init__.py") as answer:
        assert answer.status == 404
    async with page.get("/play/pieces", params={"place": "#nowhere"}) as answer:
        assert answer.status == 404


async def test_the_stream_tells_of_changes_and_ends_with_the_process(page: Client, slack: Slack) -> None:
    async with page.get("/play/events") as stream:
        assert (await stream.content.readline()).startswith(b"data: ")
        slack.say("#general", "hello")
        await stream.content.readline()
        assert (await stream.content.readline()).startswith(b"data: ")
