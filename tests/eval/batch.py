"""Thousands of random questions in one process: the rate, the slowest, and that every text is a slice."""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence

from bot import reference, settings
from bot.clean import clean
from bot.errors import SourceError
from bot.extract import Extractor
from bot.fetch import files
from bot.models import Asker
from bot.search import Searcher
from bot.store import Database, articles
from tests._postgres import Server
from tests.eval.questions import ROOT
from tests.gold.odd_questions import ODD
from tests.gold.test_questions import FORMS, is_verbatim

QUESTIONS = 3_000
Clock = Callable[[], float]


def run() -> None:
    """Ask 3,000 random questions and the odd ones over our own articles on both databases; print figures.

    SQLite is measured in CPU time of this process, PostgreSQL, which works in others, in wall time.
    """
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_run(f"sqlite+aiosqlite:///{folder}/batch.db", "SQLite", "CPU", time.process_time))
    server = Server()
    try:
        asyncio.run(_run(server.url("postgres"), "PostgreSQL", "wall time", time.perf_counter))
    finally:
        server.remove()


async def _run(url: str, engine: str, unit: str, clock: Clock) -> None:
    known = reference.load(settings.Settings().people, settings.Settings().terms)
    db = await Database.open(url)
    try:
        texts = await _read(db, known)
        searcher, words = Searcher(db, known), [w for text in texts.values() for w in text.split()]
        await searcher.answer(Asker("eval"), "who mentioned Greenland")  # warm
        for name, questions in (("random", list(_random(words))), ("odd", ODD)):
            print(f"{engine}, {name}: {await _asked(searcher, questions, texts, unit, clock)}", flush=True)
    finally:
        await db.close()


async def _read(db: Database, known: reference.Reference) -> dict[int, str]:
    extractor, texts = Extractor(known), {}
    for raw in files.read([str(ROOT / "seeds" / "articles")]):
        if not isinstance(raw, SourceError):
            article = clean(raw)
            saved = await articles.save(db, "eval", article, extractor.findings(article))
            texts[saved.article_id] = article.text
    return texts


def _random(words: Sequence[str]) -> Iterator[str]:
    rng = random.Random(7)
    for _ in range(QUESTIONS):
        yield rng.choice(FORMS).format(*rng.sample(words, 4))


async def _asked(
    searcher: Searcher, questions: Sequence[str], texts: dict[int, str], unit: str, clock: Clock
) -> str:
    took, shown, verbatim = [], 0, 0
    for question in questions:
        start = clock()
        reply = await searcher.answer(Asker("eval"), question)
        took.append((clock() - start, question))
        for answer in (*reply.answers, *reply.narration, *reply.nearest):
            shown += 1
            verbatim += is_verbatim(answer, texts[answer.article_id])
    slowest, rate = max(took), len(took) / sum(t for t, _ in took)
    return (
        f"{len(questions)} questions, {rate:.0f} a second of {unit}, "
        f"slowest {slowest[0] * 1_000:.0f} ms ({slowest[1][:40]!r}), verbatim {verbatim} of {shown}"
    )
