"""Every process starts as its compose file starts it, serves, outlives the death of others, ends in order."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.store import Database
from bot.store.installations import Installed, cipher, save
from handlers.slack import oauth
from handlers.standin import Slack
from tests.deploy import _processes
from tests.deploy._processes import Process, environment, services
from tests.handlers.slack import _corpus

SERVING = ("web-1", "web-2", "worker-1", "worker-2")


@asynccontextmanager
async def started(
    name: str, names: tuple[str, ...], given: dict[str, str], network: dict[str, str], home: Path
) -> AsyncIterator[dict[str, Process]]:
    """Yield the services as running processes; whatever is left is killed."""
    async with AsyncExitStack() as stack:
        running: dict[str, Process] = {}
        for each in names:
            one = await _processes.start(each, services(name)[each], given, network, home)
            stack.push_async_callback(_killed, one)
            running[each] = one
        yield running


async def _killed(one: Process) -> None:
    if one.process.returncode is None:
        one.process.kill()
    await one.process.wait()


async def installed(url: str, key: str, slack: Slack) -> None:
    """Do what an OAuth installation does, and give the workspace three articles."""
    db = await Database.open(url)
    token = slack.state.teams[slack.team.id].token or ""
    mine = slack.team
    await save(db, cipher(key), Installed(mine.id, token, mine.bot_id, mine.bot_user, oauth.SCOPES))
    await _corpus.save(db, slack.team.id)
    await db.close()


async def answered(slack: Slack, one: Process) -> str:
    slack.deliver_to(f"{one.address}/slack/events")
    return (await slack.ask("#general", "/msc who mentioned harbour")).words()


async def test_many_processes_serve_as_the_compose_file_starts_them(
    postgres_url: str, tmp_path: Path
) -> None:
    key = Fernet.generate_key().decode()
    async with Slack() as slack:
        client, secret = slack.state.client
        given = {
            "POSTGRES_PASSWORD": "secret", "MSC_DOMAIN": "msc.example.org", "MSC_CONTACT": "help@example.org",
            "SLACK_SIGNING_SECRET": slack.signing_secret, "SLACK_CLIENT_ID": client,
            "SLACK_CLIENT_SECRET": secret, "MSC_ENCRYPTION_KEYS": key,
        }  # fmt: skip
        network = {"MSC_DATABASE_URL": postgres_url.replace("+asyncpg", ""), "SLACK_API_URL": slack.api_url}

        async with started("many", ("migrate",), given, network, tmp_path) as once:
            assert await once["migrate"].process.wait() == 0, once["migrate"].said()
        await installed(postgres_url, key, slack)

        async with started("many", SERVING, given, network, tmp_path) as running:
            await asyncio.gather(*(one.ready() for one in running.values()))
            for one in running.values():
                assert (await one.get("/healthz")) == (200, "ok")
                assert "msc_queue_oldest_seconds 0.0" in (await one.get("/metrics"))[1]
            assert "help@example.org" in (await running["web-1"].get("/privacy"))[1]
            assert (await running["worker-1"].get("/slack/install"))[0] == 404

            first, second = running["web-1"], running["web-2"]
            words = await answered(slack, first)
            assert _corpus.FERRY not in words and "harbour" in words
            assert await answered(slack, second) == words
            assert 'msc_answers_total{command="who",verdict="found"} 1.0' in (await second.get("/metrics"))[1]

            assert await first.ended(signal.SIGKILL) == -signal.SIGKILL  # any one may die
            assert await answered(slack, second) == words

            left = [one for name, one in running.items() if name != "web-1"]
            assert await asyncio.gather(*(one.ended() for one in left)) == [0, 0, 0]
            assert "secret" not in "".join(one.said() for one in running.values())


async def test_one_process_serves_as_the_compose_file_starts_it(tmp_path: Path) -> None:
    async with Slack() as slack:
        given = {k: v for k, v in slack.environment().items() if k in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")}
        network = {"SLACK_API_URL": slack.api_url}
        async with started("one", ("bot",), given, network, tmp_path) as running:
            bot = running["bot"]
            await bot.ready()
            assert "no articles yet" in (await slack.ask("#general", "/msc who mentioned ferry")).words()
            assert await bot.ended() == 0


@pytest.mark.parametrize("name", ["one", "many"])
def test_a_variable_that_was_forgotten_is_said_before_anything_starts(name: str) -> None:
    for service in services(name).values():
        if service.get("environment"):
            with pytest.raises(LookupError, match="is asked for and not given"):
                environment(service, {})
