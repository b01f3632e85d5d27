"""Slash commands over signed HTTP, beside bare Bolt: CPU a request, acknowledgement, answer, bursts.

Bare Bolt (see `_doors`), our help and our answers take turns in short rounds, because the speed of a machine
moves by a third within minutes: what counts is the median of the rounds' ratios, printed with the quartiles
around it. Each question asks for another word. MSC_BENCH_QUOTATIONS (100,000) sizes the corpus,
MSC_BENCH_REQUESTS (400) each measurement.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from bot.settings import Settings
from bot.store import Database, articles
from bot.store.settling import settle
from handlers.standin import Slack
from tests.bench import _articles, _corpus, _musts
from tests.bench._doors import TEAM, Door, cpu_of, door

QUOTATIONS = int(os.environ.get("MSC_BENCH_QUOTATIONS", "100000"))
REQUESTS = int(os.environ.get("MSC_BENCH_REQUESTS", "400"))
ROUNDS = 20
WARM = 60  # requests before anything is measured
BARE, HELP, WHO = "bare Bolt", "/msc help", "/msc who mentioned X"


class Spent(NamedTuple):
    """Milliseconds of one round: CPU a request, and the medians until the acknowledgement and the answer."""

    cpu: float
    ack: float
    answer: float


def run() -> None:
    """Build the corpus and print the table."""
    asyncio.run(_run())


async def _run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        topics = await fill(Settings(_env_file=None, data_dir=Path(folder)).sqlalchemy_url())
        async with door("bare", Path(folder)) as bare, door("ours", Path(folder)) as ours:
            await _commands(bare, ours, topics)
            await _bursts(bare, ours, topics)


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
    return _articles.topics(rows, REQUESTS + WARM)


async def _commands(bare: Door, ours: Door, topics: Sequence[str]) -> None:
    """Measure one command after the other over one connection, and print the table."""
    asked = {
        BARE: (bare, ["help"] * len(topics)),
        HELP: (ours, ["help"] * len(topics)),
        WHO: (ours, [f"who mentioned {t}" for t in topics]),
    }
    for name, (at, questions) in asked.items():
        asked[name] = (at, questions[WARM:])
        await _ask(at.slack, questions[:WARM])
    rounds: dict[str, list[Spent]] = {name: [] for name in asked}
    size = len(asked[WHO][1]) // ROUNDS
    for n in range(ROUNDS):
        for name, (at, questions) in asked.items() if n % 2 else reversed(asked.items()):
            rounds[name].append(await _spent(at, questions[n * size : (n + 1) * size]))
    _show(rounds, size)


async def _spent(at: Door, questions: Sequence[str]) -> Spent:
    """Ask one question after the other."""
    before = cpu_of(at.pipe)
    acks, answers = await _ask(at.slack, questions)
    cpu = (cpu_of(at.pipe) - before) / len(questions)
    return Spent(cpu * 1000, statistics.median(acks) * 1000, statistics.median(answers) * 1000)


async def _ask(slack: Slack, questions: Iterable[str]) -> tuple[list[float], list[float]]:
    acks, answers = [], []
    for question in questions:
        start = time.perf_counter()
        done = await slack.command("#general", f"/msc {question}")
        await slack.answer(done)
        answers.append(time.perf_counter() - start)
        acks.append(done.ack.seconds)
    return acks, answers


def _show(rounds: Mapping[str, Sequence[Spent]], size: int) -> None:
    print(f"{QUOTATIONS:,} quotations, {ROUNDS} rounds of {size} requests each, in turns")
    print(f"{'':22}{'CPU ms':>8}{'× bare':>8}{'quartiles':>16}{'ack p50':>9}{'answer p50':>12}")
    ratios: dict[str, float] = {}
    for name, spent in rounds.items():
        cpu, ack, answer = (statistics.median(figures) for figures in zip(*spent, strict=True))
        first, ratios[name], third = statistics.quantiles(
            [s.cpu / b.cpu for s, b in zip(spent, rounds[BARE], strict=True)]
        )
        spread = f"{first:.2f} to {third:.2f}"
        print(f"{name:22}{cpu:8.2f}{ratios[name]:8.2f}{spread:>16}{ack:9.1f}{answer:12.1f}", flush=True)
    _musts.at_most("help, CPU over bare Bolt's", ratios[HELP], 1.5)
    _musts.at_most("who mentioned X, CPU over bare Bolt's", ratios[WHO], 4)
    _musts.at_most("acknowledged, p50, ms", statistics.median(s.ack for s in rounds[WHO]), 8)
    _musts.at_most("answered, p50, ms", statistics.median(s.answer for s in rounds[WHO]), 25)


async def _bursts(bare: Door, ours: Door, topics: Sequence[str]) -> None:
    """Send many at once."""
    alone, _ = await _burst(BARE, bare.slack, 500, ["help"])
    few, lost = await _burst(WHO, ours.slack, 50, topics)
    _musts.at_most("50 at once, acknowledged, p99, ms", few, 100)
    _musts.at_most("50 at once, lost or slower than 3 s", lost, 0)
    many, lost = await _burst(WHO, ours.slack, 500, topics)
    _musts.at_most("500 at once, acknowledged, p99 over bare Bolt's", many / alone, 2)
    _musts.at_most("500 at once, lost or slower than 3 s", lost, 0)


async def _burst(name: str, slack: Slack, size: int, topics: Sequence[str]) -> tuple[float, int]:
    """Send many at once; return the 99th percentile of their acknowledgements in ms, and how many failed."""
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
        f"{name}, {size} at once: ack p99 {p99 * 1000:.0f} ms, slowest {slowest * 1000:.0f} ms, "
        f"not acknowledged {size - wanted}, answers lost {wanted - answered()}",
        flush=True,
    )
    return p99 * 1000, size - answered() + sum(x > 3 for x in seconds)
