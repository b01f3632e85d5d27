"""`msc serve` begins with one clear sentence when it can't, and ends in order when it is told to."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from typer.testing import CliRunner

from bot.errors import SettingError
from bot.settings import Settings
from handlers.cli import build, serve
from handlers.standin import Slack

ROOT = Path(__file__).resolve().parents[3]


def settings_of(slack: Slack, folder: Path, mode: str, **changes: object) -> Settings:
    """Return settings for the stand-in, with a data folder and a port of their own."""
    given: dict[str, Any] = {k: v for k, v in slack.environment().items() if "CLIENT" not in k}
    return Settings(_env_file=None, **given).model_copy(
        update={"data_dir": folder, "mode": mode, "port": 0, **changes}
    )


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_it_answers_until_it_is_told_to_stop(tmp_path: Path, mode: str) -> None:
    async with Slack() as slack:
        stop = asyncio.Event()
        async with serve.started(settings_of(slack, tmp_path, mode), stop) as address:
            if mode == "http":
                slack.deliver_to(f"{address}/slack/events")
            assert "no articles yet" in (await slack.ask("#general", "/msc who mentioned ferry")).words()
            async with aiohttp.ClientSession() as http:
                async with http.get(f"{address}/readyz") as ready:
                    assert ready.status == 200
                stop.set()
                async with http.get(f"{address}/readyz") as ready:
                    assert ready.status == 503


@pytest.mark.parametrize(
    ("mode", "missing", "named"),
    [
        ("socket", "slack_bot_token", "SLACK_BOT_TOKEN is missing.*OAuth & Permissions"),
        ("socket", "slack_app_token", "SLACK_APP_TOKEN is missing.*Basic Information"),
        ("http", "slack_signing_secret", "SLACK_SIGNING_SECRET is missing.*Basic Information"),
    ],
)
async def test_a_missing_secret_is_named(tmp_path: Path, mode: str, missing: str, named: str) -> None:
    async with Slack() as slack:
        with pytest.raises(SettingError, match=named):
            async with serve.started(settings_of(slack, tmp_path, mode, **{missing: None}), asyncio.Event()):
                pytest.fail("it began without a secret")


@pytest.mark.parametrize("wrong", ["slack_bot_token", "slack_app_token"])
async def test_a_refused_token_is_named(tmp_path: Path, wrong: str) -> None:
    from pydantic import SecretStr

    async with Slack() as slack:
        settings = settings_of(slack, tmp_path, "socket", **{wrong: SecretStr("xoxb-wrong")})
        with pytest.raises(SettingError, match=f"refused {wrong.upper()}"):
            async with serve.started(settings, asyncio.Event()):
                pytest.fail("it began with a wrong token")


async def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with Slack() as slack:
            with pytest.raises(SettingError, match=f"port {port} on 127.0.0.1 is in use"):
                async with serve.started(settings_of(slack, tmp_path, "http", port=port), asyncio.Event()):
                    pytest.fail("it took a port that is in use")


def test_the_terminal_reads_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SLACK_BOT_TOKEN", raising=False)
    result = CliRunner().invoke(build(), ["serve"])
    assert isinstance(result.exception, SettingError) and "SLACK_BOT_TOKEN" in str(result.exception)


async def test_sigterm_finishes_what_was_begun(tmp_path: Path) -> None:
    async with Slack() as slack:
        environment = {k: v for k, v in slack.environment().items() if "CLIENT" not in k}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "serve", "--mode", "http", "--port", "0",
            env={**os.environ, **environment, "MSC_DATA_DIR": str(tmp_path)},
            cwd=ROOT, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert process.stderr is not None
        told = [(await process.stderr.readline()).decode() for _ in range(3)]
        assert "(T0STANDIN), articles: 0" in told[0] and "MSC_WORKSPACE=T0STANDIN msc ingest" in told[1]
        line = told[2]
        assert "serving at http://127.0.0.1:" in line, line
        slack.deliver_to(f"{line.split()[3]}/slack/events")
        slack.fail("response_url", seconds=0.3)
        done = await slack.command("#general", "/msc help")
        process.send_signal(signal.SIGTERM)
        assert (await slack.answer(done)).words()
        assert await process.wait() == 0
