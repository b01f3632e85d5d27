"""What extraction costs beside the bare parse, extractor by extractor, and how it grows with the text.

CPU time of one process; ratios are of one run side by side. The texts are PolNeAR's where it lies beside the
project, else our own seeds over and over.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from bot.extract import Extractor
from bot.extract._nlp import load, parse
from bot.extract.facts import facts
from bot.extract.keyterms import keyterms
from bot.extract.mentions import mentions
from bot.extract.quotations import quotations
from bot.models import Article
from bot.reference import Reference
from bot.reference import load as reference

ROOT = Path(__file__).resolve().parents[2]
POLNEAR = ROOT.parent / "shared" / "eval" / "quotes" / "polnear" / "data" / "dev" / "text"
MOST = 60
ODD = {
    "numbers": "1 ",
    "ranges": "between 1 and ",
    "marks": "“",
    "relatives": "Lind met Falk, who met Holm, ",
    "brackets": "(known as ",
    "abbreviations": "The Very Long Name (VLN) ",
}
T = TypeVar("T")


def run() -> None:
    """Print the share of each extractor and time(10 n) / time(n) of odd texts."""
    known = reference(ROOT / "seeds" / "people.toml", ROOT / "seeds" / "terms.toml")
    extractor = Extractor(known)
    nlp = load(extractor.model)
    articles = _articles()
    list(parse(nlp, articles[:3]))
    parsed, bare = _timed(lambda: list(parse(nlp, articles)))
    spoken, took = _timed(lambda: [quotations(one, known) for one in parsed])
    parts = {"quotations and speakers": took}
    pairs = list(zip(parsed, spoken, strict=True))
    parts["facts"] = _timed(lambda: [facts(one, found) for one, (found, _) in pairs])[1]
    parts["mentions"] = _timed(lambda: [mentions(one, q, known, p) for one, (q, p) in pairs])[1]
    parts["key terms"] = _timed(lambda: [keyterms(one) for one in parsed])[1]
    words = sum(len(article.text.split()) for article in articles)
    print(f"extraction of {len(articles)} articles, {words:,} words: bare parse {bare:.1f} s CPU")
    for name, took in parts.items():
        print(f"  {name:24} {took / bare:.3f} of the parse")
    print(f"  whole                    {1 + sum(parts.values()) / bare:.3f}")
    for name, piece in ODD.items():
        _growth(Extractor(Reference()), name, piece)


def _growth(extractor: Extractor, name: str, piece: str) -> None:
    seconds = []
    for size in (4_000, 40_000):
        article = _article(name, (piece * (size // len(piece))).strip())
        seconds.append(_timed(lambda article=article: extractor.findings(article))[1])  # type: ignore[misc]
    print(f"  {name:24} time(10 n) / time(n) = {seconds[1] / max(1e-6, seconds[0]):.1f}")


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    done = work()
    return done, time.process_time() - start


def _articles() -> list[Article]:
    if POLNEAR.is_dir():
        texts = [path.read_text("utf-8") for path in sorted(POLNEAR.iterdir())[:MOST]]
    else:
        seeds = [path.read_text("utf-8") for path in sorted((ROOT / "seeds" / "articles").glob("*.txt"))]
        texts = seeds * (MOST // len(seeds))
    return [_article(str(number), text) for number, text in enumerate(texts)]


def _article(source: str, text: str) -> Article:
    return Article(source, text, source, datetime(2026, 2, 16, tzinfo=UTC))
