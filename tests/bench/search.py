"""The search at 24k, 100k and 1M rows, side by side with rapidfuzz over everything and plain FTS5 OR.

SQLite is measured in CPU time of this process, PostgreSQL in wall time. Ratios are of one run. The sizes and
the number of questions of a form come from MSC_BENCH_ROWS and MSC_BENCH_QUESTIONS; MSC_BENCH_POSTGRES is the
largest size that PostgreSQL is given; MSC_BENCH_SEED makes another corpus and other questions.
"""

from __future__ import annotations

import asyncio
import gc
import os
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from bot import reference
from bot.models import Asker, EntityKind, Person, QuotationKind, Span
from bot.normalise import content_words
from bot.reference import Reference
from bot.search import searcher as search
from bot.search.plan import decide
from bot.search.question import readings
from bot.settings import Settings
from bot.store import Database, fulltext, retrieval
from bot.store.passages import QUOTE, TAG, Indexed, Passage, name_token, tokens_of
from bot.store.reader import Reader
from bot.store.settling import settle
from tests._postgres import Server
from tests.bench import _corpus, _figures, _queries
from tests.bench._corpus import Row
from tests.bench._plain import Plain
from tests.bench._queries import Query

SIZES = [int(n) for n in os.environ.get("MSC_BENCH_ROWS", "24000,100000,1000000").split(",")]
EACH = int(os.environ.get("MSC_BENCH_QUESTIONS", "40"))
SEED = int(os.environ.get("MSC_BENCH_SEED", "7"))
POSTGRES = int(os.environ.get("MSC_BENCH_POSTGRES", "100000"))
_BATCH = 2_000
_NOW = datetime(2026, 2, 18, tzinfo=UTC)


def run() -> None:
    """Build the corpora and print the table."""
    asyncio.run(_run())


async def _run() -> None:
    rows = _corpus.base()[: SIZES[0]]
    asked, pool = _corpus.parted(rows, SEED)
    grown = _corpus.grow(pool, SEED)
    rows += islice(grown, SIZES[0] - len(rows))
    queries = _queries.make(rows, asked, EACH, SEED)
    known = reference.load(Settings().people, Settings().terms)
    server = Server() if POSTGRES else None
    with tempfile.TemporaryDirectory() as folder:
        plain = Plain(Path(folder) / "plain.db")
        lite = await _Engine.open(f"sqlite+aiosqlite:///{folder}/search.db", known)
        big = await _Engine.open(server.url("postgres"), known) if server else None
        try:
            done, cost = 0, 0.0
            first: dict[str, _figures.Figures] = {}
            for size in SIZES:
                rows += islice(grown, size - len(rows))
                _queries.resolve(queries, rows[done:size], done + 1)
                plain.add(rows[done:size])
                start = time.perf_counter()
                await lite.add(rows[done:size])
                print(
                    f"\n{size - done:,} rows added in {time.perf_counter() - start:.0f} s (SQLite)",
                    flush=True,
                )
                if big and size <= POSTGRES:
                    await big.add(rows[done:size])
                done = size
                gc.collect()
                gc.freeze()  # the rows of this bench are no garbage of the search
                made = await _measure(size, rows, queries, plain, lite, big if size <= POSTGRES else None)
                first = first or made
                _figures.judge(size, made, first, cost or made["adding"].p50)
                cost = made["adding"].p50
        finally:
            await lite.db.close()
            if big:
                await big.db.close()
            if server:
                server.remove()


async def _measure(
    size: int,
    rows: Sequence[Row],
    queries: Sequence[Query],
    plain: Plain,
    lite: _Engine,
    big: _Engine | None,
) -> dict[str, _figures.Figures]:
    asked = [q for q in queries if q.right]
    print(f"\n{size:,} rows, {len(asked)} questions in each spelling", flush=True)
    print(f"{'engine':34}{'spelling':>9}{'p50 ms':>9}{'p99 ms':>9}{'R@5':>7}   by form", flush=True)
    texts = [f"{r.speaker} {r.text}" for r in rows]
    few = asked[:: max(1, len(asked) // (60 if size <= 100_000 else 12))]
    ours: dict[str, list[list[int]]] = {}
    made: dict[str, _figures.Figures] = {}
    for spelling in ("clean", "slips"):
        made[spelling] = await _line("ours, SQLite (CPU)", spelling, asked, lite.ids, time.process_time, ours)
        if big:
            made[f"postgresql {spelling}"] = await _line(
                "ours, PostgreSQL (wall)", spelling, asked, big.ids, time.perf_counter, ours
            )
            same = sum(
                a == b
                for a, b in zip(
                    ours["ours, SQLite (CPU)" + spelling],
                    ours["ours, PostgreSQL (wall)" + spelling],
                    strict=True,
                )
            )
            made[f"same {spelling}"] = _figures.Figures(0, 0, same / len(asked))
            print(f"{'':34}{spelling:>9}  the same top ten: {same} of {len(asked)}", flush=True)
        made[f"fts5 {spelling}"] = await _line(
            "FTS5 OR, bm25 (CPU)",
            spelling,
            asked,
            plain.ids,
            time.process_time,
            ours,
        )

    async def over_everything(text: str) -> list[int]:
        found = process.extract(text, texts, scorer=fuzz.token_set_ratio, limit=10)
        return [n + 1 for _, _, n in found]

    made["rapidfuzz"] = await _line(
        "rapidfuzz over everything (CPU)", "clean", few, over_everything, time.process_time, ours
    )
    adding, memory = await lite.cost_of_adding(rows), await lite.memory()
    made["adding"] = _figures.Figures(adding, adding, memory)
    print(
        f"adding an article of 25 passages: {adding:.1f} ms CPU; words and people: {memory:.0f} MB",
        flush=True,
    )
    return made


async def _line(
    name: str,
    spelling: str,
    queries: Sequence[Query],
    ids: Callable[[str], Awaitable[list[int]]],
    clock: Callable[[], float],
    found: dict[str, list[list[int]]],
) -> _figures.Figures:
    times: list[float] = []
    recalls: dict[str, list[float]] = {}
    tops: list[list[int]] = []
    for q in queries:
        text = q.clean if spelling == "clean" else q.slips
        best = 1e9
        for _ in range(2):
            start = clock()
            top = await ids(text)
            best = min(best, clock() - start)
        times.append(best * 1_000)
        tops.append(top[:10])
        right = set(q.right)
        recalls.setdefault(q.kind, []).append(sum(i in right for i in top[:5]) / min(5, len(right)))
    found[name + spelling] = tops
    times.sort()
    every = [r for rs in recalls.values() for r in rs]
    forms = " ".join(f"{k} {sum(v) / len(v):.2f}" for k, v in recalls.items())
    p50, p99 = times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.99))]
    recall = sum(every) / len(every)
    print(f"{name:34}{spelling:>9}{p50:9.2f}{p99:9.2f}{recall:7.3f}   {forms}", flush=True)
    return _figures.Figures(p50, p99, recall)


class _Engine:
    """Our index over one database, from the text of a question to the ids of its best passages."""

    def __init__(self, db: Database, known: Reference) -> None:
        self.db = db
        self._searcher = search.Searcher(db, known, now=lambda: _NOW)
        self._known = known
        self._articles = 0
        self._taken_out: list[tuple[int, int]] = [(0, 0)]  # from this id on: so many ids belong to no row
        self._rows = 0

    @classmethod
    async def open(cls, url: str, known: Reference) -> _Engine:
        return cls(await Database.open(url), known)

    async def add(self, rows: Sequence[Row]) -> None:
        for start in range(0, len(rows), _BATCH):
            await self._add(rows[start : start + _BATCH])
        await settle(self.db)  # as an ingest does at its end

    async def _add(self, rows: Sequence[Row]) -> None:
        self._articles += 1
        self._rows += len(rows)
        indexed = _indexed(rows)
        async with self.db.write() as connection:
            await fulltext.add(connection, "bench", self._articles, indexed)

    async def ids(self, text: str) -> list[int]:
        async def looked_up(reader: Reader) -> list[int]:
            desk = await self._desk(self._searcher, reader)
            plan = decide(readings(text, _NOW.date()), desk.lexicon.directory, desk.topics)
            _, ranked, judged = await search._looked_up(desk, plan)
            shown = sorted(
                (*judged.answers, *judged.narration), key=lambda r: -r.score
            )  # two lists of one page
            return list(dict.fromkeys(r.found.id for r in (*shown, *ranked)))

        return [self._row(i) for i in (await self.db.reading(looked_up))[:10]]

    async def _desk(self, searcher: search.Searcher, reader: Reader) -> search.Desk:
        state = await retrieval.state(reader, "bench")
        assert state is not None
        return await searcher._desk(reader, Asker("bench"), state, _NOW.date())

    def _row(self, passage_id: int) -> int:
        return passage_id - next(gone for start, gone in reversed(self._taken_out) if passage_id >= start)

    async def cost_of_adding(self, rows: Sequence[Row]) -> float:
        """Return the median CPU milliseconds of adding 25 passages, which are then taken out again."""
        costs = []
        for n in range(9):
            indexed = _indexed(rows[n * 25 : n * 25 + 25])
            start = time.process_time()
            async with self.db.write() as connection:
                await fulltext.add(connection, "bench", 10_000_000 + n, indexed)
            costs.append((time.process_time() - start) * 1_000)
        for n in range(9):
            async with self.db.write() as connection:
                await fulltext.remove(connection, "bench", 10_000_000 + n)
        gone = self._taken_out[-1][1] + 9 * 25
        self._taken_out.append((self._rows + gone, gone))
        return sorted(costs)[4]

    async def memory(self) -> float:
        """Return by how many MB the process grows when words and people are loaded anew.

        They are loaded twice and both are kept: the first load takes what was free in the process.
        """
        kept = [search.Searcher(self.db, self._known, now=lambda: _NOW) for _ in range(2)]
        before = 0.0
        for fresh in kept:
            gc.collect()
            before = _resident()
            await self.db.reading(partial(self._load, fresh))
        return _resident() - before

    async def _load(self, fresh: search.Searcher, reader: Reader) -> None:
        (await self._desk(fresh, reader)).lexicon.vocabulary.kin("secur")


def _indexed(rows: Sequence[Row]) -> Indexed:
    counts: dict[str, int] = {}
    quoted: dict[str, int] = {}
    passages = []
    end = 0
    for n, row in enumerate(rows):
        for word in set(content_words(row.text)):
            counts[word] = counts.get(word, 0) + 1
        others: tuple[str, ...] = (TAG + "undated",)
        if row.speaker:
            quoted[row.speaker] = quoted.get(row.speaker, 0) + 1
            others = (name_token(row.speaker), *(f"@{t}" for t in tokens_of(row.speaker)), *others)
        span = Span(end, end + len(row.text))
        end = span.end + 1
        passages.append(
            Passage(
                QUOTE, n, (span,), span, tokens_of(row.text), others, row.speaker or None,
                quotation=QuotationKind.INDIRECT,
            )
        )  # fmt: skip
    people = tuple(Person(name, EntityKind.PERSON) for name in quoted)
    return Indexed(tuple(passages), counts, people, quoted)


def _resident() -> float:
    pages: Any = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20
