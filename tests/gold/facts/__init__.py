"""Gold of facts, and how a finding is held against it; shared by the suite's floors and `run eval facts`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.clean import clean
from bot.extract import Extractor
from bot.models import Article, Fact, Raw, Span
from bot.reference import Reference, load

FOLDER = Path(__file__).parent
SEEDS = FOLDER.parents[2] / "seeds" / "articles"
_LIKE = 0.6  # of the words that finding and gold hold together


@dataclass(slots=True)
class Score:
    """Counts over cases; the properties are the figures that we print and keep floors for."""

    gold: int = 0
    found: int = 0
    right: int = 0
    fields: dict[str, list[int]] = field(default_factory=dict)  # name → [asked, right]
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of the gold's facts that were found."""
        return self.right / max(1, self.gold)

    @property
    def precision(self) -> float:
        """The share of the findings that are in the gold."""
        return self.right / max(1, self.found)

    def of(self, name: str) -> float:
        """The share of a field's expectations that hold, over the facts that were found."""
        asked, right = self.fields.get(name, [0, 0])
        return right / asked if asked else 1.0


def cases(name: str) -> list[dict[str, Any]]:
    """Return the entries of a gold file."""
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    return next(iter(data.values()))


def sentences(extractor: Extractor) -> Score:
    """Score the sentences of our own."""
    score = Score()
    for case in cases("sentences"):
        article = Article("t", case["text"], "h", datetime(2026, 2, 14, tzinfo=UTC))
        _compare(score, article, extractor, case["facts"], [])
    return score


def reports(extractor: Extractor) -> Score:
    """Score the reports of `seeds/`; the extractor knows the files of people and terms."""
    score = Score()
    for case in cases("seeds"):
        path = SEEDS / case["file"]
        media = "text/markdown" if path.suffix == ".md" else "text/plain"
        article = clean(Raw(str(path), path.read_bytes(), media, datetime(2026, 2, 16, tzinfo=UTC)))
        _compare(score, article, extractor, case["facts"], case["maybe"])
    return score


def extractor(*, informed: bool = False) -> Extractor:
    """Return an extractor without the files of people and terms, or with those of `seeds/`."""
    seeds = SEEDS.parent
    return Extractor(load(seeds / "people.toml", seeds / "terms.toml") if informed else Reference())


def _compare(
    score: Score, article: Article, extractor: Extractor, gold: list[dict[str, Any]], maybe: list[str]
) -> None:
    found = list(extractor.findings(article).facts)
    score.gold += len(gold)
    for expected in gold:
        place = _place(article.text, expected["content"])
        best = max(found, key=lambda fact: _likeness(fact.content, place), default=None)
        if best is None or _likeness(best.content, place) < _LIKE:
            score.missed.append(expected["content"])
            continue
        found.remove(best)
        score.right += 1
        score.found += 1
        _fields(score, best, expected, article.text)
    for fact in found:
        if not any(fact.content.overlaps(_place(article.text, words)) for words in maybe):
            score.found += 1
            score.extra.append(fact.content.of(article.text))


def _place(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def _likeness(one: Span, other: Span) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared / (max(one.end, other.end) - min(one.start, other.start))


def _fields(score: Score, fact: Fact, expected: dict[str, Any], text: str) -> None:
    for name, holds in _held(fact, expected):
        counts = score.fields.setdefault(name, [0, 0])
        counts[0] += 1
        counts[1] += holds
        if not holds:
            said = f" (by {fact.attributed_to})" if name == "attribution" else ""
            score.wrong.append(f"{name}: {fact.content.of(text)}{said}")


def _held(fact: Fact, expected: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    values = [quantity.value for quantity in fact.quantities]
    for value in expected.get("values", ()):
        yield "values", any(abs(value - found) <= 1e-3 * max(1, abs(value)) for found in values)
    for day in expected.get("dates", ()):
        yield "dates", day in [mention.normalized for mention in fact.dates]
    yield "attribution", fact.attributed_to == expected.get("by")
    yield "modality", fact.modality.value == expected.get("is", "asserted")
    yield "polarity", fact.negated == expected.get("no", False)
