"""Each listener answers over Socket Mode and over signed HTTP; what it sends looks as it did."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from bot.services import Services
from handlers.slack import app
from handlers.standin import Slack
from tests.handlers.slack import _corpus
from tests.handlers.slack import _listeners as way
from tests.handlers.slack.conftest import Connect, services_for

SENT = ("posted", "edited", "opened", "updated", "home", "prompts", "unfurled")
NOTHING = ("",)  # acknowledged, and nothing more to say
WAYS: dict[str, tuple[way.Act, tuple[str, ...]]] = {
    "command.command": (way.command, SENT),
    "actions.turn": (way.page, ("edited",)),
    "actions.share": (way.share, ("posted",)),
    "actions.opened": (way.open_article, NOTHING),
    "filters.offer": (way.offered, NOTHING),
    "filters.narrow": (way.narrowed, ("edited",)),
    "views.show": (way.context, ("updated",)),
    "views.turn": (way.earlier, ("updated",)),
    "feedback.given": (way.feedback, ("posted",)),
    "shortcuts.verify": (way.verify, ("posted",)),
    "shortcuts.search": (way.search, ("opened",)),
    "shortcuts.search_at_home": (way.search_at_home, ("opened",)),
    "shortcuts.suggest": (way.suggest, NOTHING),
    "shortcuts.submitted": (way.searched, ("updated",)),
    "events.mentioned": (way.mention, ("posted",)),
    "events.written": (way.direct, ("posted",)),
    "home.opened": (way.home_tab, ("home",)),
    "admin.opened": (way.settings, ("opened",)),
    "admin.submitted": (way.settings_saved, ("home",)),
    "subscriptions.clicked": (way.subscription, ("opened",)),
    "digest.submitted": (way.digest_saved, ("posted",)),
    "digest.preview": (way.digest_preview, ("updated",)),
    "digest.clicked": (way.follow, ("posted",)),
    "digest.more": (way.further, ("posted",)),
    "unfurl.shared": (way.link, ("unfurled",)),
    "oauth.uninstalled": (way.uninstalled, NOTHING),
    "oauth.revoked": (way.revoked, NOTHING),
    "unknown.clicked": (way.unknown, ("posted",)),
    "unknown.used": (way.unknown_shortcut, ("posted",)),
    "unknown.submitted": (way.unknown_form, ("updated",)),
}


@pytest.fixture
def previewing(empty: Services) -> Services:
    """With previews of links, which are off unless somebody wants them."""
    return replace(empty, settings=empty.settings.model_copy(update={"unfurl": True}))


@pytest.fixture
async def slack(previewing: Services, connect: Connect) -> AsyncIterator[Slack]:
    """A Slack with the bot and three articles in it, over either transport."""
    async with Slack() as running:
        await _corpus.save(previewing.db, running.team.id)
        async with connect(running, previewing):
            yield running


async def test_there_is_a_way_to_every_listener(one_way: Slack, previewing: Services) -> None:
    found = services_for(one_way, previewing, "http")
    async with app.running(found) as running:
        known = {name(listener.ack_function) for listener in running.app._async_listeners}
    assert known == set(WAYS), "add the new listener to WAYS"


@pytest.mark.parametrize("listener", WAYS)
async def test_it_is_acknowledged_and_answers(
    slack: Slack, listener: str, snapshot: SnapshotAssertion, request: pytest.FixtureRequest
) -> None:
    act, kinds = WAYS[listener]
    done = await act(slack)
    assert done.ack.error is None and not done.failed and not done.errors
    said: object = {"options": [o["text"]["text"] for o in done.options]}
    if kinds != NOTHING:
        what = await slack.next(*kinds, after=done, where=way.settled)
        said = way.sent(what)
    if request.node.callspec.id.startswith("http"):
        assert way.plain(said) == snapshot.use_extension(JSONSnapshotExtension)


def name(function: object) -> str:
    """Return room and name of a listener."""
    return f"{getattr(function, '__module__', '').rpartition('.')[2]}.{getattr(function, '__name__', '')}"
