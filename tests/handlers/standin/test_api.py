"""The stand-in refuses what Slack refuses, in Slack's words; the SDK's own client asks."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp import ClientConnectionError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.standin import Slack
from tests import _judged
from tests.handlers.standin._tiny import section
from tests.handlers.standin.conftest import client_of, refusal


async def test_a_message_is_posted_changed_and_deleted(slack: Slack, client: AsyncWebClient) -> None:
    channel = slack.channel("#general").id
    posted = await client.chat_postMessage(
        channel=channel, text="first", unfurl_links=False, metadata={"event_type": "run", "event_payload": {}}
    )
    (message,) = slack.messages("#general")
    assert (message.ts, message.text, message.unfurl_links) == (posted["ts"], "first", False)
    await client.chat_update(channel=channel, ts=posted["ts"], text="second", blocks=[section("more")])
    assert slack.messages("#general")[0].words() == "more"
    found = await client.conversations_history(channel=channel, include_all_metadata=True)
    assert found["messages"][0]["metadata"]["event_type"] == "run"
    await client.chat_delete(channel=channel, ts=posted["ts"])
    assert slack.messages("#general") == ()


async def test_an_answer_to_an_answer_lands_in_the_same_thread(slack: Slack, client: AsyncWebClient) -> None:
    parent = slack.say("#general", "hello")
    first = await client.chat_postMessage(channel=parent.channel, text="one", thread_ts=parent.ts)
    await client.chat_postMessage(channel=parent.channel, text="two", thread_ts=first["ts"])
    replies = await client.conversations_replies(channel=parent.channel, ts=parent.ts)
    assert [m["text"] for m in replies["messages"]] == ["hello", "one", "two"]


@pytest.mark.parametrize(
    ("channel", "code"),
    [
        ("#random", "not_in_channel"),
        ("#board", "channel_not_found"),
        ("#archive", "is_archived"),
        ("C0NOWHERE", "channel_not_found"),
    ],
)
async def test_a_channel_that_the_bot_may_not_write_to(slack: Slack, channel: str, code: str) -> None:
    assert (await refusal(client_of(slack).chat_postMessage(channel=channel, text="x")))["error"] == code


async def test_an_invited_bot_may_write(slack: Slack, client: AsyncWebClient) -> None:
    slack.invite("#random")
    assert (await client.chat_postMessage(channel="#random", text="x"))["ok"]


async def test_an_ephemeral_needs_its_reader_in_the_channel(slack: Slack, client: AsyncWebClient) -> None:
    alice, direct = slack.user("alice").id, slack.channel("@", "bruno").id
    await client.chat_postEphemeral(channel=slack.channel("#general").id, user=alice, text="psst")
    assert [m.text for m in slack.messages("#general", "alice")] == ["psst"]
    assert slack.messages("#general", "bruno") == ()
    answer = await refusal(client.chat_postEphemeral(channel=direct, user=alice, text="psst"))
    assert answer["error"] == "user_not_in_channel"


async def test_blocks_that_are_not_valid_are_refused_with_the_reason(
    slack: Slack, client: AsyncWebClient
) -> None:
    answer = await refusal(
        client.chat_postMessage(channel="#general", text="x", blocks=[section("y" * 3001)])
    )
    assert answer["error"] == "invalid_blocks"
    assert "blocks[0].text.text" in answer["response_metadata"]["messages"][0]
    much = await refusal(
        client.chat_postMessage(channel="#general", text="x", blocks=[section("y" * 2999)] * 5)
    )
    assert much["error"] == "msg_blocks_too_long"
    empty = client.api_call("chat.postMessage", json={"channel": "#general"})
    assert (await refusal(empty))["error"] == "no_text"
    assert slack.messages("#general") == ()


@pytest.mark.parametrize(
    ("unfurls", "code"),
    [
        ({"https://x.example": {"blocks": [section("y" * 3001)]}}, "invalid_blocks"),
        ({"https://x.example": {"blocks": [section("y" * 2999)] * 5}}, "msg_blocks_too_long"),
        ({"https://x.example": {"blocks": "words"}}, "invalid_blocks_format"),
        ({"https://x.example": "words"}, "cannot_parse_attachment"),
        ({"no address": {"blocks": [section("y")]}}, "cannot_parse_attachment"),
        ({}, "cannot_parse_attachment"),
    ],
)
async def test_a_preview_that_is_not_valid_is_refused(
    slack: Slack, client: AsyncWebClient, unfurls: dict[str, Any], code: str
) -> None:
    said = slack.say("#general", "https://x.example")
    call = client.chat_unfurl(channel=said.channel, ts=said.ts, unfurls=unfurls)
    assert (await refusal(call))["error"] == code
    assert not [e for e in slack.state.journal if e.kind == "unfurled"]


@pytest.mark.parametrize(
    ("token", "code"), [("", "not_authed"), ("xoxb-other", "token_revoked"), ("nonsense", "invalid_auth")]
)
async def test_a_wrong_token_is_refused(slack: Slack, token: str, code: str) -> None:
    assert (await refusal(client_of(slack, token).auth_test()))["error"] == code


async def test_a_missing_scope_is_named(slack: Slack, client: AsyncWebClient) -> None:
    slack.without_scope("users:read")
    answer = await refusal(client.users_info(user=slack.user().id))
    assert (answer["error"], answer["needed"]) == ("missing_scope", "users:read")
    assert "users:read" not in answer["provided"]


async def test_people_have_a_time_zone_and_a_locale(slack: Slack, client: AsyncWebClient) -> None:
    user = (await client.users_info(user=slack.user("bruno").id, include_locale=True))["user"]
    assert (user["tz"], user["locale"], user["is_admin"]) == ("America/New_York", "de-DE", False)
    assert (await refusal(client.users_info(user="U0NOBODY")))["error"] == "user_not_found"


async def test_a_file_is_uploaded_in_three_steps_and_kept_private(
    slack: Slack, client: AsyncWebClient
) -> None:
    channel = slack.channel("#general").id
    await client.files_upload_v2(
        channel=channel, content=b"\x89PNG", filename="bars.png", alt_txt="Bars", initial_comment="Today"
    )
    (message,) = slack.messages("#general")
    assert (message.text, message.files[0]["name"], message.files[0]["alt_txt"]) == (
        "Today",
        "bars.png",
        "Bars",
    )
    import aiohttp

    async with aiohttp.ClientSession() as http:
        url = message.files[0]["url_private"]
        async with http.get(url, headers={"Authorization": f"Bearer {client.token}"}) as mine:
            assert await mine.read() == b"\x89PNG"
        async with http.get(url) as stranger:
            assert stranger.content_type == "text/html"


async def test_suggested_prompts_are_kept_for_the_direct_conversation(
    slack: Slack, client: AsyncWebClient
) -> None:
    direct, prompt = slack.channel("@").id, {"title": "Greenland", "message": "who mentioned Greenland"}
    await client.api_call(
        "assistant.threads.setSuggestedPrompts", json={"channel_id": direct, "prompts": [prompt]}
    )
    assert slack.state.prompts[direct] == [prompt]
    five = client.api_call(
        "assistant.threads.setSuggestedPrompts", json={"channel_id": direct, "prompts": [prompt] * 5}
    )
    assert (await refusal(five))["error"] == "invalid_arguments"


async def test_an_installation_exchanges_its_code_once(slack: Slack) -> None:
    slack.state.codes["abc"] = (slack.team.id, slack.user().id)
    ident, secret = slack.state.client
    client = client_of(slack, "")
    access = await client.oauth_v2_access(client_id=ident, client_secret=secret, code="abc")
    assert access["team"]["id"] == slack.team.id
    assert (await client_of(slack, access["access_token"]).auth_test())["bot_id"] == slack.team.bot_id
    again = client.oauth_v2_access(client_id=ident, client_secret=secret, code="abc")
    assert (await refusal(again))["error"] == "invalid_code"
    wrong = client.oauth_v2_access(client_id=ident, client_secret="x", code="abc")
    assert (await refusal(wrong))["error"] == "bad_client_secret"


async def test_a_revoked_token_is_dead(slack: Slack, client: AsyncWebClient) -> None:
    assert (await client.auth_revoke())["revoked"]
    assert (await refusal(client.auth_test()))["error"] == "token_revoked"


async def test_two_teams_do_not_see_each_other(slack: Slack, client: AsyncWebClient) -> None:
    from handlers.standin import a_workspace

    other = a_workspace(slack.state, "T0OTHER", "Other")
    theirs = next(c.id for c in slack.state.channels.values() if c.team == other.id)
    assert (await refusal(client.chat_postMessage(channel=theirs, text="x")))["error"] == "channel_not_found"
    assert (await client_of(slack, other.token).chat_postMessage(channel=theirs, text="x"))["ok"]


async def test_an_unknown_method_is_refused(client: AsyncWebClient) -> None:
    assert (await refusal(client.api_call("chat.shout")))["error"] == "unknown_method"


async def test_a_rate_limit_names_its_seconds(slack: Slack, client: AsyncWebClient) -> None:
    slack.fail("chat.postMessage", error="ratelimited", retry_after="7")
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="#general", text="x")
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "7"
    assert (await client.chat_postMessage(channel="#general", text="x"))["ok"]


@pytest.mark.parametrize("how", [{"status": 500}, {"html": True}, {"html": True, "status": 503}])
async def test_bad_weather_is_not_json(slack: Slack, client: AsyncWebClient, how: dict[str, Any]) -> None:
    slack.fail("chat.postMessage", **how)
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel="#general", text="x")
    assert slack.messages("#general") == ()


@pytest.mark.parametrize(("when", "posted"), [("before", 0), ("after", 1)])
async def test_a_broken_connection_before_or_after_the_message_was_taken(
    slack: Slack, client: AsyncWebClient, when: str, posted: int
) -> None:
    slack.fail("chat.postMessage", reset=when)
    with pytest.raises(ClientConnectionError):
        await client.chat_postMessage(channel="#general", text="x")
    assert len(slack.messages("#general")) == posted


async def test_what_is_refused_for_its_shape_is_heard(
    slack: Slack, client: AsyncWebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = _judged.listening(monkeypatch)
    await client.chat_postMessage(channel="#general", text="x", blocks=[section("fine")])
    assert heard == []
    await refusal(client.chat_postMessage(channel="#general", text="x", blocks=[section("")]))
    await refusal(client.views_publish(user_id=slack.user().id, view={"type": "home"}))
    assert len(heard) == 2
    button = {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": ":tada: !"}}
    await client.chat_postMessage(
        channel="#general", text="x", blocks=[{"type": "actions", "elements": [button]}]
    )
    assert "signs alone" in heard[-1]
