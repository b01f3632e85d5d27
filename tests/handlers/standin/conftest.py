"""Here the stand-in itself is tested, asked by the SDK's own client, so what it refuses is meant."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.standin import Slack


@pytest.fixture(autouse=True)
def everything_sent_is_valid() -> None:
    """Let refusals be."""


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack() as running:
        yield running


def client_of(slack: Slack, token: str | None = None) -> AsyncWebClient:
    token = slack.environment()["SLACK_BOT_TOKEN"] if token is None else token
    return AsyncWebClient(token=token, base_url=slack.api_url, retry_handlers=[])


@pytest.fixture
def client(slack: Slack) -> AsyncWebClient:
    return client_of(slack)


async def refusal(call: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        await call
    answer: dict[str, Any] = caught.value.response.data
    return answer
