"""A warm answer inside the process: five articles in SQLite, every question asked twice, the second counts.

MSC_BENCH_ARTICLES names a folder of texts; our own seeds stand in for it.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from pathlib import Path

from bot.fetch import files
from bot.ingest import ingest
from bot.models import Asker
from bot.services import services
from bot.settings import Settings
from tests.bench import _musts
from tests.bench._corpus import ROOT

ARTICLES = Path(os.environ.get("MSC_BENCH_ARTICLES", ROOT / "seeds" / "articles"))
_TOPICS = ("Greenland", "migration", "Ukraine", "troops", "NATO", "Europe", "defense spending", "Greenlnd")
_FORMS = (
    "who mentioned {}", "quotes about {}", "what did Rubio say about {}", "did Rutte say {}",
    "who disagreed about {}", "facts about {}", "how much {}", "{}", "verify {} is not for sale",
)  # fmt: skip


def run() -> None:
    """Print the table."""
    asyncio.run(_run())


def _texts() -> list[str]:
    return sorted(str(p) for p in ARTICLES.glob("*.txt"))[:5]


async def _run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(_env_file=None, data_dir=Path(folder), workspace="bench")
        async with services(settings) as found:
            summary = await ingest(found.db, found.extractor, "bench", files.read(_texts()))
            times = []
            for question in [form.format(t) for form in _FORMS for t in _TOPICS]:
                for _ in range(2):
                    start = time.perf_counter(), time.process_time()
                    await found.searcher.answer(Asker("bench"), question)
                    took = time.perf_counter() - start[0], time.process_time() - start[1]
                times.append(took)
    print(f"{summary.new} articles, {len(times)} questions")
    for name, taken in zip(("wall", "CPU"), zip(*times, strict=True), strict=True):
        ordered = sorted(taken)
        print(f"  {name}: p50 {ordered[len(ordered) // 2] * 1_000:.2f} ms")
        p99 = ordered[int(len(ordered) * 0.99)]
        _musts.at_most(f"a warm answer, p99, {name} ms", p99 * 1_000, 10)
