"""response_url: five answers in thirty minutes, replacing or deleting what was clicked on."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from handlers.standin import Slack
from handlers.standin.deliveries import Ack
from tests.handlers.standin._tiny import section


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack() as running:
        yield running


async def late(slack: Slack, channel: str = "#general") -> AsyncWebhookClient:
    """The response_url of a command; nobody is connected, so Slackbot says so first."""
    done = await slack.command(channel, "/msc x")
    assert done.ack == Ack(0, error="connection_failed")
    return AsyncWebhookClient(done.payload["response_url"], retry_handlers=[])


async def test_an_answer_is_private_unless_it_says_otherwise(slack: Slack) -> None:
    url = await late(slack, "#random")
    await url.send(text="for me")
    await url.send(text="for all", response_type="in_channel")
    assert [m.text for m in slack.messages("#random")][1:] == ["for me", "for all"]
    assert [m.text for m in slack.messages("#random", "bruno")] == ["for all"]


async def test_the_sixth_answer_is_refused(slack: Slack) -> None:
    url = await late(slack)
    for number in range(5):
        assert (await url.send(text=str(number))).status_code == 200
    refused = await url.send(text="5")
    assert (refused.status_code, "used_url" in refused.body) == (404, True)


async def test_an_answer_after_half_an_hour_is_refused(slack: Slack) -> None:
    url = await late(slack)
    slack.later(30 * 60 + 1)
    refused = await url.send(text="late")
    assert (refused.status_code, "expired_url" in refused.body) == (404, True)


async def test_invalid_blocks_are_refused_and_nothing_is_shown(slack: Slack) -> None:
    url = await late(slack)
    refused = await url.send(text="x", blocks=[section("")])
    assert (refused.status_code, "invalid_blocks" in refused.body) == (400, True)
    assert len(slack.messages("#general")) == 1


async def test_a_command_has_no_original_to_replace(slack: Slack) -> None:
    url = await late(slack)
    await url.send(text="one", replace_original=True)
    await url.send(text="two", replace_original=True)
    assert [m.text for m in slack.messages("#general")][1:] == ["one", "two"]


async def test_a_click_may_replace_and_delete_what_was_clicked(slack: Slack) -> None:
    url = await late(slack)
    button = {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "A"}}
    await url.send(text="one", blocks=[{"type": "actions", "elements": [button]}])
    message = slack.messages("#general")[-1]
    done = await slack.click(message, "a")
    clicked = AsyncWebhookClient(done.payload["response_url"], retry_handlers=[])
    await clicked.send(text="two", replace_original=True)
    assert [m.text for m in slack.messages("#general")][1:] == ["two"]
    await clicked.send(delete_original=True)
    assert len(slack.messages("#general")) == 1
