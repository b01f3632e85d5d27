"""What a whole ingest costs beside the bare pipeline, what a second process brings, and whether memory grows.

Whole ingest = read from disk, clean, extract, compare with what is stored, store and index, on a SQLite file.
Bare = `nlp.pipe` over the same texts, read and loaded before. Each figure is of its own fresh process, with
the model loaded before the clock starts. `MSC_BENCH_ARTICLES` sets how many short articles the memory is
measured over (20,000). Two processes want two free cores: they take turns with one, each in several rounds of
which the best counts, and the load is printed beside.
"""

from __future__ import annotations

import asyncio
import gc
import json
import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from bot import reference
from bot.extract import Extractor
from bot.extract._nlp import load
from bot.fetch import files
from bot.ingest import Pool, Progress, Result, ingest
from bot.store import Database
from tests.bench import _musts
from tests.bench._corpus import base, grow

ROOT = Path(__file__).resolve().parents[2]
POLNEAR = ROOT.parent / "shared" / "eval" / "quotes" / "polnear" / "data"
MOST = 160
ROUNDS, IN_ROUND = 4, 40
_MARKS = (500, 1_000, 2_000, 5_000, 10_000, 15_000, 20_000, 50_000, 100_000)
PAGE = os.sysconf("SC_PAGE_SIZE")


def run() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory(prefix="msc-bench-") as folder:
        articles = Path(folder) / "articles"
        count, words = _texts(articles)
        print(f"{count} articles, {words:,} words; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        bare = _alone(_bare, articles, 1)
        one = _alone(_whole, articles, Path(folder) / "one.db", 1)
        _told("bare nlp.pipe", bare, bare)
        _told("whole ingest, one process", one, bare)
        _musts.at_most("one process, CPU over bare", one[0] / bare[0], 1.6)
        bare_two = _alone(_bare, articles, 2)
        two = _alone(_whole, articles, Path(folder) / "two.db", 2)
        _told("bare nlp.pipe, two processes", bare_two, bare_two)
        _told("whole ingest, two processes", two, bare_two)
        _musts.at_most("two processes, CPU over bare", two[0] / bare_two[0], 1.6)
        one_best, two_best, cpu = _alone(_rounds, articles, Path(folder))
        print(f"  models loaded, best of {ROUNDS} rounds, load {os.getloadavg()[0]:.1f}: {cpu:.2f} × the CPU")
        _musts.at_least("two processes, articles a second over one's", two_best / one_best, 1.7)
        _memory(Path(folder), int(os.environ.get("MSC_BENCH_ARTICLES", "20000")))


T = TypeVar("T")
Figures = tuple[float, float]  # seconds of CPU with all children, seconds on the wall


def _rounds(articles: Path, folder: Path) -> tuple[float, float, float]:
    """Return articles a second of one process and of two, each in its best round, and two's CPU by one's."""
    return asyncio.run(_in_turns(articles, folder))


async def _in_turns(articles: Path, folder: Path) -> tuple[float, float, float]:
    extractor = _extractor()
    load(extractor.model)
    best, cpu = {1: 0.0, 2: 0.0}, {1: 0.0, 2: 0.0}
    async with Pool(extractor, 1) as thread, Pool(extractor, 2) as both:
        for number in range(-1, ROUNDS):  # the round before the first one loads the models
            for pool in (thread, both):
                used, started = _cpu_of_all(), time.perf_counter()
                async with _opened(folder / f"{number}-{pool.processes}.db") as db:
                    sources = islice(files.read([str(articles)]), IN_ROUND)
                    await ingest(db, extractor, "W1", sources, pool=pool)
                rate = IN_ROUND / (time.perf_counter() - started)
                if number >= 0:
                    best[pool.processes] = max(best[pool.processes], rate)
                    cpu[pool.processes] += _cpu_of_all() - used
    return best[1], best[2], cpu[2] / cpu[1]


def _cpu_of_all() -> float:
    """Return the CPU of this process and of its running children."""
    ticks = 0
    for pid in [os.getpid(), *(child.pid for child in multiprocessing.active_children())]:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _told(name: str, took: Figures, bare: Figures) -> None:
    print(f"  {name:30} {took[0]:6.1f} s CPU {took[1]:6.1f} s wall   {took[0] / bare[0]:.3f} × the CPU")


def _alone(work: Callable[..., T], *args: Any) -> T:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *args).result()


def _extractor() -> Extractor:
    return Extractor(reference.load(ROOT / "seeds" / "people.toml", ROOT / "seeds" / "terms.toml"))


def _bare(articles: Path, processes: int) -> Figures:
    nlp = load(_extractor().model)
    texts = [path.read_text("utf-8") for path in sorted(articles.iterdir())]
    return _clocked(lambda: sum(len(doc) for doc in nlp.pipe(texts, n_process=processes)))


def _whole(articles: Path, database: Path, processes: int) -> Figures:
    extractor = _extractor()
    load(extractor.model)
    return _clocked(lambda: asyncio.run(_ingested(extractor, articles, database, processes)))


async def _ingested(
    extractor: Extractor, articles: Path, database: Path, processes: int, progress: Progress | None = None
) -> None:
    sources = files.read([str(articles)])
    async with _opened(database) as db:
        summary = await ingest(db, extractor, "W1", sources, processes=processes, progress=progress)
    if summary.failed or not summary.new:
        raise RuntimeError(f"the bench's ingest failed: {summary}")


@asynccontextmanager
async def _opened(database: Path) -> Any:
    db = await Database.open(f"sqlite+aiosqlite:///{database}")
    try:
        yield db
    finally:
        await db.close()


def _clocked(work: Callable[[], object]) -> Figures:
    gc.collect()
    cpu, wall = _cpu(), time.perf_counter()
    work()
    took = time.perf_counter() - wall
    for child in multiprocessing.active_children():  # their time counts once they have ended
        child.join()
    return _cpu() - cpu, took


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def _texts(folder: Path) -> tuple[int, int]:
    """Write the articles as files; returns how many articles and words."""
    folder.mkdir()
    paths = sorted(POLNEAR.glob("*/text/*.txt")) if POLNEAR.is_dir() else []
    paths = paths[:: max(1, len(paths) // MOST)][:MOST]
    seeds = [p.read_text("utf-8") for p in sorted((ROOT / "seeds" / "articles").glob("*.txt"))]
    texts = [p.read_text("utf-8") for p in paths] or [
        f"Report {n}.\n\n{seeds[n % len(seeds)]}" for n in range(MOST)
    ]
    for number, text in enumerate(texts):
        (folder / f"{number:04}.txt").write_text(text, "utf-8")
    return len(texts), sum(len(text.split()) for text in texts)


def _memory(folder: Path, most: int) -> None:
    """Print the resident memory of the process that stores and of those that extract, over short articles."""
    file = folder / "short.jsonl"
    rows = grow(base(), seed=7)
    with file.open("w", encoding="utf-8") as lines:
        for number in range(most):
            said = [f"“{row.text},” {row.speaker or 'an official'} said." for row in islice(rows, 2)]
            lines.write(json.dumps({"text": f"Report {number}\n\n" + "\n\n".join(said), "id": number}) + "\n")
    started = time.perf_counter()
    seen = _alone(_watched, file, folder / "short.db", most)
    took = time.perf_counter() - started
    print(f"memory over {most:,} short articles, {os.cpu_count()} processes, {most / took:.1f} a second")
    for count, (own, workers) in seen.items():
        print(f"  after {count:6,}: stores {own:6.1f} MB, each that extracts {workers:6.1f} MB")
    early, late = (sum(seen[count]) for count in (min(1000, most), max(seen)))
    _musts.at_most(f"memory, last over that at {min(1000, most):,}", late / early, 1.05)


def _watched(file: Path, database: Path, most: int) -> dict[int, tuple[float, float]]:
    seen: dict[int, tuple[float, float]] = {}
    count = 0

    def progress(_: Result) -> None:
        nonlocal count
        count += 1
        if count in {*_MARKS, most}:
            workers = [_resident(child.pid) for child in multiprocessing.active_children()]
            seen[count] = (_resident(os.getpid()), max(workers, default=0.0))

    asyncio.run(_ingested(_extractor(), file, database, 0, progress))
    return seen


def _resident(pid: int | None) -> float:
    """Return a process's memory in megabytes, without what it shares with others' files."""
    pages = [int(n) for n in Path(f"/proc/{pid}/statm").read_text().split()]
    return (pages[1] - pages[2]) * PAGE / 2**20
