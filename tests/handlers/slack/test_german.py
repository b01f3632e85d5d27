"""A German reader sees German, whatever the bot sends: every listener's message, looked at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from bot.services import Services
from handlers.standin import Slack
from tests.handlers.slack import _corpus
from tests.handlers.slack import _listeners as way
from tests.handlers.slack.conftest import by_http
from tests.handlers.slack.test_listeners import NOTHING, WAYS

SENDING = [name for name, (_, kinds) in WAYS.items() if kinds != NOTHING]


@pytest.fixture
async def german(empty: Services) -> AsyncIterator[Slack]:
    """A Slack whose people read German, with the bot, previews and three articles in it."""
    services = replace(empty, settings=empty.settings.model_copy(update={"unfurl": True}))
    async with Slack() as slack:
        slack.state.users |= {u.id: replace(u, locale="de-DE") for u in slack.state.users.values()}
        await _corpus.save(empty.db, slack.team.id)
        async with by_http(slack, services):
            yield slack


@pytest.mark.parametrize("listener", SENDING)
async def test_a_german_reader_is_answered_in_german(
    german: Slack, listener: str, snapshot: SnapshotAssertion
) -> None:
    act, kinds = WAYS[listener]
    done = await act(german)
    assert done.ack.error is None and not done.failed and not done.errors
    said = way.plain(way.sent(await german.next(*kinds, after=done, where=way.settled)))
    assert said == snapshot.use_extension(JSONSnapshotExtension)
