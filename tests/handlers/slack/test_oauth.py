"""The app is installed into workspaces, answers each from its own rows, and forgets removed tokens."""

from __future__ import annotations

import socket
import sqlite3
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr

from bot.errors import SettingError, StoreError
from bot.services import Services
from bot.settings import Settings
from bot.store import installations
from handlers.slack import app, http, oauth
from handlers.standin import Slack, Team, a_workspace
from handlers.web import app as web
from handlers.web.serving import serving
from tests.handlers.slack import _corpus

KEY = Fernet.generate_key().decode()


@dataclass
class World:
    """A Slack with two teams, and the bot's web door."""

    slack: Slack
    services: Services
    address: str
    other: Team

    async def install(self, team: Team, cookies: bool = True) -> tuple[int, str]:
        """Go through the installation in a browser; return status and text of the last page."""
        jar = aiohttp.CookieJar(unsafe=True) if cookies else aiohttp.DummyCookieJar()
        async with aiohttp.ClientSession(cookie_jar=jar) as browser:
            async with browser.get(f"{self.address}{oauth.INSTALL}?team={team.id}") as page:
                link = (await page.text()).split('<a href="')[1].split('"')[0].replace("&amp;", "&")
                kept = page.headers["Set-Cookie"].partition(";")[0]
            headers = {"Cookie": kept} if cookies else {}
            async with browser.get(link, allow_redirects=False) as allowed:
                back = allowed.headers["Location"]
            async with browser.get(back, headers=headers) as last:
                return last.status, await last.text()


@pytest.fixture
async def world(empty: Services) -> AsyncIterator[World]:
    """A Slack where the app is installed nowhere yet."""
    async with Slack() as slack:
        other = a_workspace(slack.state, "T0OTHER", "Other")
        for team in (slack.team, other):
            slack.state.teams[team.id] = replace(slack.state.teams[team.id], token=None)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        given: dict[str, Any] = {k: v for k, v in slack.environment().items() if "TOKEN" not in k}
        settings = Settings(_env_file=None, **given).model_copy(
            update={
                "mode": "http",
                "encryption_keys": SecretStr(KEY),
                "public_url": f"http://127.0.0.1:{port}",
            }
        )
        services = replace(empty, settings=settings)
        async with app.running(services) as running:
            pages = oauth.pages(services, running.app.client)
            door = web.build(http.dispatcher(running.app), secrets=lambda: app.secrets(settings), pages=pages)
            async with serving(door, "127.0.0.1", port) as address:
                slack.deliver_to(f"{address}/slack/events")
                yield World(slack, services, address, other)


async def test_each_workspace_is_answered_from_its_own_articles(world: World) -> None:
    assert (await world.install(world.slack.team))[0] == 200
    assert (await world.install(world.other))[0] == 200
    await _corpus.save(world.services.db, world.slack.team.id)
    own = await world.slack.ask("#general", "/msc who mentioned ferry")
    assert "Siri Vang" in own.words()
    stranger = next(u for u in world.slack.state.users.values() if u.team == world.other.id and not u.is_bot)
    channel = next(c for c in world.slack.state.channels.values() if c.team == world.other.id)
    other = await world.slack.ask(channel.id, "/msc who mentioned ferry", user=stranger.id)
    assert "no articles yet" in other.words()
    shared = await world.slack.next("posted", after=await world.slack.click(own, "share"))
    assert shared.channel == own.channel


async def test_a_workspace_without_the_app_is_told_so(world: World) -> None:
    assert "not installed" in (await world.slack.ask("#general", "/msc help")).text


async def test_an_installation_of_another_browser_is_refused(world: World) -> None:
    status, _ = await world.install(world.slack.team, cookies=False)
    assert status == 400
    assert await installations.workspaces(world.services.db) == []


async def test_a_state_is_good_once(world: World) -> None:
    async with aiohttp.ClientSession() as browser:
        forged = f"{world.address}{oauth.BACK}?code=x&state=made-up"
        cookie = {"Cookie": "slack-app-oauth-state=made-up"}
        async with browser.get(forged, headers=cookie) as page:
            assert page.status == 401


@pytest.mark.parametrize(
    "order", [("app_uninstalled", "tokens_revoked"), ("tokens_revoked", "app_uninstalled")]
)
async def test_a_removal_forgets_the_token_in_any_order(world: World, order: tuple[str, str]) -> None:
    await world.install(world.slack.team)
    for kind in (*order, *order):
        await world.slack.event("alice", {"type": kind, "tokens": {"bot": ["UBOT"]}})
    assert await installations.workspaces(world.services.db) == []


async def test_a_late_removal_leaves_a_new_installation(world: World) -> None:
    await world.install(world.slack.team)
    from handlers.standin import payloads

    late = payloads.event(world.slack.state, world.slack.team.id, {"type": "app_uninstalled"})
    await world.slack.courier().deliver("events_api", {**late, "event_time": int(time.time()) - 3_600})
    assert await installations.workspaces(world.services.db) == [world.slack.team.id]


async def test_a_dump_of_the_database_holds_no_token(world: World, tmp_path: Path) -> None:
    await world.install(world.slack.team)
    with sqlite3.connect(tmp_path / "msc.db") as raw:
        dump = "\n".join(raw.iterdump())
    raw.close()
    assert "installations" in dump and "xoxb" not in dump


async def test_a_key_is_rotated_in_three_steps(world: World) -> None:
    await world.install(world.slack.team)
    db, new = world.services.db, Fernet.generate_key().decode()
    both = installations.cipher(f"{new},{KEY}")
    assert await installations.rotate(db, both) == 1
    found = await installations.find(db, installations.cipher(new), world.slack.team.id)
    assert found and found.token.startswith("xoxb-") and "xoxb" not in repr(found)
    with pytest.raises(StoreError, match="can't be opened"):
        await installations.find(db, installations.cipher(KEY), world.slack.team.id)


def test_a_wrong_key_is_named() -> None:
    with pytest.raises(SettingError, match="MSC_ENCRYPTION_KEYS must hold"):
        installations.cipher("short")


async def test_without_a_key_nothing_is_installed(world: World) -> None:
    bare = replace(
        world.services, settings=world.services.settings.model_copy(update={"encryption_keys": None})
    )
    with pytest.raises(SettingError, match="MSC_ENCRYPTION_KEYS is missing"):
        oauth.held(bare)


@pytest.mark.parametrize("unfurl", [False, True])
def test_previews_of_links_are_asked_for_only_where_they_are_wanted(unfurl: bool) -> None:
    asked = oauth.scopes(Settings(_env_file=None, unfurl=unfurl))
    assert ("links:read" in asked, "links:write" in asked) == (unfurl, unfurl)
