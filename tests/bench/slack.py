"""Slash commands over signed HTTP, beside bare Bolt: CPU a request, acknowledgement, answer, bursts.

Bare Bolt is the same web door and the same Bolt settings with one listener that acknowledges and responds
with a fixed section. Each runs in a process of its own; the stand-in of Slack and the clock are in this one.
MSC_BENCH_QUOTATIONS (100,000) sizes the corpus, MSC_BENCH_REQUESTS (200) each measurement.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond

from bot.services import services
from bot.settings import Settings
from bot.store import Database, articles
from bot.store.settling import settle
from handlers.slack import app as slack_app
from handlers.slack.http import dispatcher
from handlers.standin import Slack
from handlers.web.app import build
from handlers.web.serving import serving
from tests.bench import _articles, _corpus, _musts

QUOTATIONS = int(os.environ.get("MSC_BENCH_QUOTATIONS", "100000"))
REQUESTS = int(os.environ.get("MSC_BENCH_REQUESTS", "200"))
TEAM = "T0STANDIN"


def run() -> None:
    """Build the corpus and print the table."""
    asyncio.run(_run())


async def _run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = Settings(_env_file=None, data_dir=Path(folder)).sqlalchemy_url()
        topics = await fill(url)
        print(f"{QUOTATIONS:,} quotations, {REQUESTS} requests each")
        print(f"{'':22}{'CPU ms':>8}{'× bare':>8}{'ack p50':>9}{'answer p50':>12}   (one connection, ms)")
        async with _door("bare", Path(folder)) as (slack, pipe):
            bare = await _line("bare Bolt", slack, pipe, ["help"], None)
            bare_p99 = await _burst(slack, 500, ["help"])
        async with _door("ours", Path(folder)) as (slack, pipe):
            await _line("/msc help", slack, pipe, ["help"], bare)
            await _line("/msc who mentioned X", slack, pipe, [f"who mentioned {t}" for t in topics], bare)
            _musts.at_most("50 at once, acknowledged, p99, ms", await _burst(slack, 50, topics), 100)
            p99 = await _burst(slack, 500, topics)
            _musts.at_most("500 at once, acknowledged, p99 over bare Bolt's", p99 / bare_p99, 2)


async def fill(url: str, size: int = QUOTATIONS) -> list[str]:
    """Save a corpus of so many quotations as articles of twenty; return words to ask for."""
    rows = _corpus.base()
    rows = rows[:size]
    rows += islice(_corpus.grow(rows, seed=7), size - len(rows))
    db = await Database.open(url)
    try:
        for start in range(0, len(rows), 20):
            await articles.save(db, TEAM, *_articles.made(start // 20, rows[start : start + 20]))
        await settle(db)  # as an ingest does at its end
    finally:
        await db.close()
    return _articles.topics(rows, REQUESTS)


async def _line(
    name: str, slack: Slack, pipe: Connection, questions: Sequence[str], bare: float | None
) -> float:
    """Ask one question after the other; print and return the CPU milliseconds of a request."""
    await _ask(slack, questions[:20])
    before = cpu_of(pipe)
    acks, answers = await _ask(slack, [questions[n % len(questions)] for n in range(REQUESTS)])
    cpu = (cpu_of(pipe) - before) / REQUESTS * 1000
    ratio = f"{cpu / bare:8.1f}" if bare else " " * 8
    ack, answer = statistics.median(acks) * 1000, statistics.median(answers) * 1000
    print(f"{name:22}{cpu:8.2f}{ratio}{ack:9.1f}{answer:12.1f}", flush=True)
    if bare and len(questions) == 1:
        _musts.at_most("help, CPU over bare Bolt's", cpu / bare, 1.5)
    elif bare:
        _musts.at_most("who mentioned X, CPU over bare Bolt's", cpu / bare, 4)
        _musts.at_most("acknowledged, p50, ms", ack, 8)
        _musts.at_most("answered, p50, ms", answer, 25)
    return cpu


async def _ask(slack: Slack, questions: Sequence[str]) -> tuple[list[float], list[float]]:
    acks, answers = [], []
    for question in questions:
        start = time.perf_counter()
        done = await slack.command("#general", f"/msc {question}")
        await slack.answer(done)
        answers.append(time.perf_counter() - start)
        acks.append(done.ack.seconds)
    return acks, answers


async def _burst(slack: Slack, size: int, topics: Sequence[str]) -> float:
    """Send many at once; return the 99th percentile of their acknowledgements in ms, print what was lost."""
    mark = slack.mark()
    asked = [f"/msc who mentioned {topics[n % len(topics)]}" for n in range(size)]
    done = await asyncio.gather(*(slack.command("#general", a) for a in asked))
    wanted = sum(d.ack.error is None for d in done)

    def answered() -> int:
        return sum(e.kind == "posted" and e.what.bot_id is not None for e in slack.state.journal[mark:])

    try:
        await slack.state.until(lambda: answered() >= wanted, 60)
    except TimeoutError:
        print("  some answers never came")
    seconds = sorted(d.ack.seconds for d in done)
    p99, slowest = seconds[int(len(seconds) * 0.99) - 1], seconds[-1]
    print(
        f"{size} at once: ack p99 {p99 * 1000:.0f} ms, slowest {slowest * 1000:.0f} ms, "
        f"not acknowledged {size - wanted}, answers lost {wanted - answered()}",
        flush=True,
    )
    _musts.at_most(
        f"{size} at once, lost or slower than 3 s", size - answered() + sum(x > 3 for x in seconds), 0
    )
    return p99 * 1000


def cpu_of(pipe: Connection) -> float:
    """Return the seconds of CPU that the process of a door has used."""
    pipe.send("cpu")
    seconds: float = pipe.recv()
    return seconds


@asynccontextmanager
async def _door(kind: str, folder: Path) -> AsyncIterator[tuple[Slack, Connection]]:
    """Start the stand-in here and a bot in a process of its own."""
    async with Slack(workspace=TEAM) as slack:
        given = {"folder": str(folder), "kind": kind, **slack.environment()}
        async with replica(given) as (address, pipe):
            slack.deliver_to(address)
            yield slack, pipe


@asynccontextmanager
async def replica(given: Mapping[str, str]) -> AsyncIterator[tuple[str, Connection]]:
    """Start a bot in a process of its own; yield where it takes Slack's requests and a pipe to it."""
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_serve, args=(dict(given), theirs))
    process.start()
    try:
        yield await asyncio.to_thread(ours.recv), ours
    finally:
        ours.send("stop")
        await asyncio.to_thread(process.join)


def _serve(given: dict[str, Any], pipe: Connection) -> None:
    asyncio.run(_serving(given, pipe))


async def _serving(given: dict[str, Any], pipe: Connection) -> None:
    os.environ |= {name: value for name, value in given.items() if name.isupper() and "CLIENT" not in name}
    settings = Settings(_env_file=None, data_dir=Path(given["folder"]), mode="http", workspace=TEAM)
    async with AsyncExitStack() as stack:
        found = await stack.enter_async_context(services(settings))
        if given["kind"] == "bare":
            bolt = _bare(settings)
        else:
            bolt = (await stack.enter_async_context(slack_app.running(found))).app
        door = build(dispatcher(bolt), secrets=lambda: slack_app.secrets(settings))
        address = await stack.enter_async_context(serving(door, "127.0.0.1", 0))
        pipe.send(f"{address}/slack/events")
        while await asyncio.to_thread(pipe.recv) != "stop":
            pipe.send(time.process_time())


def _bare(settings: Settings) -> AsyncApp:
    """Bolt with one listener that acknowledges and responds with a fixed section."""
    bolt = AsyncApp(client=slack_app.client(settings), signing_secret="x", process_before_response=True)

    @bolt.command("/msc")
    async def answer(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        section = {"type": "section", "text": {"type": "plain_text", "text": "A fixed answer."}}
        await respond(text="A fixed answer.", blocks=[section])

    return bolt
