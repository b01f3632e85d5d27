"""`msc serve` waits for a Slack that can't be reached, says so, and is ready once it answers."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from pathlib import Path

import aiohttp
import pytest
from pydantic import SecretStr

from bot.errors import SettingError
from bot.settings import Settings
from handlers.cli import serve
from handlers.standin import Slack
from tests.handlers.cli.test_serve import ROOT, settings_of

SOON = 30.0  # seconds; the pauses between two tries grow up to eight


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


async def checks(address: str) -> tuple[int, dict[str, str]]:
    async with aiohttp.ClientSession() as http, http.get(f"{address}/readyz") as answer:
        return answer.status, (await answer.json())["checks"]


async def ready(address: str) -> None:
    async with asyncio.timeout(SOON):
        while (await checks(address))[0] != 200:  # noqa: ASYNC110  nobody announces it
            await asyncio.sleep(0.1)


def planned(folder: Path, port: int, mode: str, **changes: object) -> tuple[Slack, Settings]:
    """Return a Slack that is not there yet, and settings that look for it."""
    slack = Slack(port=port)
    slack.url = f"http://127.0.0.1:{port}"
    return slack, settings_of(slack, folder, mode, **changes)


@pytest.mark.parametrize(("mode", "role"), [("socket", "all"), ("http", "web")])
async def test_it_starts_without_slack_and_is_ready_when_slack_answers(
    tmp_path: Path, mode: str, role: str, capsys: pytest.CaptureFixture[str]
) -> None:
    slack, settings = planned(tmp_path, free_port(), mode, role=role)
    async with serve.started(settings, asyncio.Event()) as address:
        status, said = await checks(address)
        assert status == 503
        assert f"Slack can't be reached at {slack.url}/api/" in said["slack"]
        assert "check the network and SLACK_API_URL" in said["slack"]
        if mode == "socket":
            assert said["socket"].startswith("no connection yet: Slack can't be reached")
        assert "tried again until Slack answers" in capsys.readouterr().err
        async with slack:
            await ready(address)
            if mode == "http":
                slack.deliver_to(f"{address}/slack/events")
            assert "no articles yet" in (await slack.ask("#general", "/msc who mentioned ferry")).words()
            assert "answering the workspace" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", ["slack_bot_token", "slack_app_token"])
async def test_a_token_that_is_refused_once_slack_answers_ends_it(tmp_path: Path, wrong: str) -> None:
    slack, settings = planned(tmp_path, free_port(), "socket", **{wrong: SecretStr("xoxb-wrong")})
    stop = asyncio.Event()
    with pytest.raises(SettingError, match=f"refused {wrong.upper()}"):
        async with serve.started(settings, stop), slack:
            await asyncio.wait_for(stop.wait(), SOON)


async def test_a_slack_that_is_out_of_order_is_waited_for(tmp_path: Path) -> None:
    async with Slack() as slack:
        slack.fail("auth.test", times=3, status=503)
        slack.fail("apps.connections.open", times=2, html=True)
        async with serve.started(settings_of(slack, tmp_path, "socket"), asyncio.Event()) as address:
            assert (await checks(address))[0] == 503
            await ready(address)
            assert slack.sockets.count == 2


async def test_the_process_ends_with_one_sentence_when_the_token_is_refused_later(tmp_path: Path) -> None:
    slack, _ = planned(tmp_path, free_port(), "http")
    given = {k: v for k, v in slack.environment().items() if "CLIENT" not in k}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "serve", "--mode", "http", "--port", "0",
        env={**os.environ, **given, "SLACK_BOT_TOKEN": "xoxb-wrong", "MSC_DATA_DIR": str(tmp_path)},
        cwd=ROOT, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr is not None
    told = ""
    while "serving at" not in told:
        told = (await asyncio.wait_for(process.stderr.readline(), SOON)).decode()
        assert told, "it ended without Slack"
    async with slack:
        said = (await asyncio.wait_for(process.stderr.read(), SOON)).decode()
    assert await process.wait() == 2
    assert "Slack refused SLACK_BOT_TOKEN (token_revoked): install the app again" in said
    assert "Traceback" not in said
