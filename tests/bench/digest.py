"""A digest over 500 stored articles: `python3 run bench digest`. Time and memory of a process of its own.

The articles recombine the sentences of the seeds with what was found in them; each sentence is made unique,
so that none of them is a copy of another.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.digest import compose
from bot.digest.compose import Period
from bot.models import Article, Fact, Findings, Quotation, Span
from bot.store import Database, articles
from tests.eval.themes import known, seeds

ARTICLES, SENTENCES = 500, 25
SECONDS, MEGABYTES = 3.0, 300
DAY = date(2026, 2, 14)
Chunk = tuple[str, tuple[Quotation, ...], tuple[Fact, ...], tuple[Span, ...]]


def chunks() -> list[Chunk]:
    """Return each sentence of the seeds with its findings, placed from 0."""
    found: list[Chunk] = []
    for article, findings in seeds():
        for sentence in findings.sentences:
            found.append(
                (
                    sentence.of(article.text),
                    tuple(
                        _moved(q, -sentence.start) for q in findings.quotations if sentence.holds(q.sentence)
                    ),
                    tuple(
                        replace(
                            f,
                            content=_shift(f.content, -sentence.start),
                            sentence=_shift(sentence, -sentence.start),
                        )
                        for f in findings.facts
                        if sentence.holds(f.content)
                    ),
                    tuple(_shift(k, -sentence.start) for k in findings.keyterms if sentence.holds(k)),
                )
            )
    return found


def _shift(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _moved(q: Quotation, by: int) -> Quotation:
    return replace(
        q,
        content=tuple(_shift(s, by) for s in q.content),
        sentence=_shift(q.sentence, by),
        cue=_shift(q.cue, by) if q.cue else None,
        speaker_span=_shift(q.speaker_span, by) if q.speaker_span else None,
        nested_in=None,
    )


def made(number: int, found: list[Chunk], die: random.Random) -> tuple[Article, Findings]:
    """Return a recombined article."""
    text, quotations, facts, sentences, terms = "", [], [], [], []
    for n, (words, said, checked, keyterms) in enumerate(die.sample(found, SENTENCES)):
        start = len(text)
        text += f"{words} Item{number}x{n} street{die.randrange(5000)}.\n\n"
        quotations += [_moved(q, start) for q in said]
        facts += [
            replace(f, content=_shift(f.content, start), sentence=_shift(f.sentence, start)) for f in checked
        ]
        terms += [_shift(k, start) for k in keyterms]
        sentences.append(Span(start, len(text) - 2))
    article = Article(
        f"article-{number}.txt", text, hashlib.sha256(text.encode()).hexdigest(),
        datetime(2026, 2, 14, tzinfo=UTC), published=DAY,
    )  # fmt: skip
    return article, Findings(tuple(quotations), tuple(facts), (), (), tuple(sentences), tuple(terms))


async def store(url: str) -> None:
    """Save the articles."""
    die, found = random.Random(1), chunks()
    db = await Database.open(url)
    for number in range(ARTICLES):
        await articles.save(db, "W1", *made(number, found, die))
    await db.close()


async def measure(url: str) -> dict[str, float]:
    """Compose the day in this process; return seconds, megabytes at the most, themes."""
    db = await Database.open(url)
    started, cpu = time.perf_counter(), time.process_time()
    digest = await compose.of_period(db, "W1", known(), Period(DAY, DAY, ZoneInfo("UTC")))
    took, cpu = time.perf_counter() - started, time.process_time() - cpu
    await db.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1024**2 if sys.platform == "darwin" else 1024
    )
    return {
        "seconds": took,
        "cpu": cpu,
        "megabytes": peak,
        "themes": len(digest.themes),
        "articles": digest.articles,
    }


def run() -> None:
    """Print time and memory of a digest."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'msc.db'}"
        asyncio.run(store(url))
        alone = [sys.executable, "-m", "tests.bench.digest", url]
        got = json.loads(subprocess.run(alone, check=True, capture_output=True, text=True).stdout)
    print(
        f"  {got['articles']:.0f} articles: {got['themes']:.0f} themes "
        f"in {got['seconds']:.2f} s, {got['cpu']:.2f} s of them on the processor (≤ {SECONDS}), "
        f"{got['megabytes']:.0f} MB (≤ {MEGABYTES})"
    )


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure(sys.argv[1]))))
