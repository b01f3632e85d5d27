"""SIGTERM under load: not ready, what was acknowledged is answered, exit 0, all within 25 seconds."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.store import Database
from handlers.cli.serve import FINISH_WITHIN
from handlers.standin import Slack
from handlers.standin.values import Message
from tests.deploy import _processes
from tests.deploy._processes import Process
from tests.handlers.slack import _corpus

LOAD = 40


@asynccontextmanager
async def serving(slack: Slack, home: Path, **changes: str) -> AsyncIterator[Process]:
    """Yield a process that answers over HTTP from three articles."""
    db = await Database.open(f"sqlite+aiosqlite:///{home / 'msc.db'}")
    await _corpus.save(db, slack.team.id)
    await db.close()
    given = {k: v for k, v in slack.environment().items() if "CLIENT" not in k}
    service = {"command": ["serve", "--mode", "http"], "environment": given | changes}
    one = await _processes.start("web", service, {}, {}, home)
    try:
        await one.ready()
        slack.deliver_to(f"{one.address}/slack/events")
        yield one
    finally:
        if one.process.returncode is None:
            one.process.kill()
            await one.process.wait()


def answers(slack: Slack) -> list[Message]:
    return [m for m in slack.messages("#general", "alice") if "harbour" in m.words() and m.ephemeral_for]


async def test_under_load_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    async with Slack() as slack, serving(slack, tmp_path, MSC_DRAIN="5") as one:
        await slack.ask("#general", "/msc who mentioned harbour")
        asked = [
            asyncio.create_task(slack.command("#general", "/msc who mentioned harbour")) for _ in range(LOAD)
        ]
        await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
        began = time.monotonic()
        one.process.send_signal(signal.SIGTERM)
        status = 200
        while status == 200 and time.monotonic() - began < 5:
            await asyncio.sleep(0.05)
            status, text = await one.get("/readyz")
        assert status == 503 and "about to end" in text
        late = await slack.command("#general", "/msc who mentioned harbour")  # balancers need a moment
        assert await asyncio.wait_for(one.process.wait(), FINISH_WITHIN + 5) == 0, one.said()
        assert time.monotonic() - began <= FINISH_WITHIN + 1
        acknowledged = [done for done in [*(await asyncio.gather(*asked)), late] if not done.failed]
        assert not late.failed
        assert len(acknowledged) > LOAD / 2  # a busy machine may be late for some
        assert len(answers(slack)) == len(acknowledged) + 1


async def test_an_answer_that_slack_takes_slowly_is_still_given(tmp_path: Path) -> None:
    async with Slack() as slack, serving(slack, tmp_path) as one:
        slack.fail("response_url", times=5, seconds=2)
        asked = await asyncio.gather(
            *(slack.command("#general", "/msc who mentioned harbour") for _ in range(5))
        )
        assert await one.ended() == 0
        assert not [done for done in asked if done.failed]
        assert len(answers(slack)) == 5


async def test_what_hangs_for_ever_does_not_hold_the_process(tmp_path: Path) -> None:
    async with Slack() as slack, serving(slack, tmp_path) as one:
        slack.fail("response_url", times=3, seconds=120)
        await slack.command("#general", "/msc who mentioned harbour")
        reader, writer = await asyncio.open_connection("127.0.0.1", one.port)  # a body that never ends
        writer.write(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf")
        await writer.drain()
        began = time.monotonic()
        assert await one.ended() == 0, one.said()
        assert time.monotonic() - began <= FINISH_WITHIN + 1
        writer.close()
        assert reader.at_eof() or await reader.read() is not None


async def test_a_process_that_stands_still_is_not_alive(tmp_path: Path) -> None:
    async with Slack() as slack, serving(slack, tmp_path) as one:
        one.process.send_signal(signal.SIGSTOP)
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=3)) as http:
            with pytest.raises(TimeoutError):
                await http.get(f"{one.address}/healthz")
        one.process.send_signal(signal.SIGCONT)
        assert await one.get("/healthz") == (200, "ok")
