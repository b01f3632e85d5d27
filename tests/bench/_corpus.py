"""A corpus of any size for the search bench, recombined from real sentences.

The base are quotations and sentences of PolNeAR where it lies beside the project, else of our own seeds.
Further rows splice clauses of two of them and put in made-up names and words, so that frequencies stay
Zipfian and the vocabulary keeps growing as a real corpus's does (Heaps' law).
"""

from __future__ import annotations

import bisect
import itertools
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
POLNEAR = ROOT.parent / "shared" / "eval" / "quotes" / "polnear" / "data"
_NAME = re.compile(r"\b[A-Z][\w'’.-]*\w(?: [A-Z][\w'’-]+)*")
_CUT = re.compile(r", | that | and | but | because | while | which | when | as | after | if ")
_SPACE = re.compile(r"\s+")
_PRONOUNS = frozenset(
    [
        "he",
        "she",
        "i",
        "they",
        "it",
        "who",
        "which",
        "that",
        "we",
        "you",
        "his",
        "her",
        "their",
        "my",
        "him",
        "them",
        "this",
        "these",
        "those",
    ]
)


class Row(NamedTuple):
    """A quotation: who, and the words."""

    speaker: str
    text: str


def base() -> list[Row]:
    """Return real quotations and sentences, quotations first."""
    return _polnear() if POLNEAR.exists() else _seeds()


def parted(rows: Sequence[Row], seed: int) -> tuple[list[Row], list[Row]]:
    """Return the rows that are asked for, a quarter, and those that others are made of.

    A stretch of words that is asked for thus stands in its own row, not in a hundred made of it.
    """
    rng = random.Random(seed)
    asked = set(rng.sample(range(len(rows)), len(rows) // 4))
    return [r for n, r in enumerate(rows) if n in asked], [r for n, r in enumerate(rows) if n not in asked]


def grow(rows: Sequence[Row], seed: int) -> Iterator[Row]:
    """Yield recombined rows without end."""
    rng = random.Random(seed)
    texts = [r.text for r in rows if 60 < len(r.text) < 400]
    halves = [(t[: m.end()], t[m.end() :]) for t in texts for m in [_middle(t)] if m]
    names = _Zipf([n for n, _ in Counter(n for t in texts for n in _NAME.findall(t)[1:]).most_common()], 0.9)
    speakers = _Zipf([s for s, _ in Counter(r.speaker for r in rows if r.speaker).most_common()], 0.9)
    made_names = _Zipf(_invented([n for n in names.items if " " not in n], 60_000, rng, capital=True), 0.75)
    made_words = _Zipf(_invented([w for t in texts for w in t.split() if w.islower()], 150_000, rng), 1.0)
    while True:
        text = rng.choice(halves)[0] + rng.choice(halves)[1]
        text = _NAME.sub(lambda m: _name(m[0], names, made_names, rng), text)
        text = " ".join(
            made_words.draw(rng) if w.islower() and len(w) > 4 and rng.random() < 0.06 else w
            for w in text.split(" ")
        )
        drawn = rng.random()
        first, last = made_names.draw(rng), made_names.draw(rng)
        speaker = "" if drawn < 0.15 else speakers.draw(rng) if drawn < 0.6 else f"{first} {last}"
        yield Row(speaker, text[:600])


class _Zipf:
    """Draws items with a weight of 1 / (rank + 5) ** power."""

    def __init__(self, items: Sequence[str], power: float) -> None:
        self.items = items
        self._sums = list(itertools.accumulate((n + 5.0) ** -power for n in range(len(items))))

    def draw(self, rng: random.Random) -> str:
        return self.items[bisect.bisect(self._sums, rng.random() * self._sums[-1])]


def _name(found: str, names: _Zipf, made: _Zipf, rng: random.Random) -> str:
    drawn = rng.random()
    if drawn < 0.45:
        return found
    return names.draw(rng) if drawn < 0.72 else made.draw(rng)


def _invented(words: Sequence[str], count: int, rng: random.Random, *, capital: bool = False) -> list[str]:
    """Return new words whose letters follow one another as in `words` (trigrams)."""
    follow: dict[str, list[str]] = {}
    for word in words[:60_000]:
        spelt = f"^^{re.sub('[^a-z]', '', word.lower())}$"
        for n in range(len(spelt) - 2):
            follow.setdefault(spelt[n : n + 2], []).append(spelt[n + 2])
    found: dict[str, None] = {}
    while len(found) < count:
        word = "^^"
        while not word.endswith("$") and len(word) < 14:
            word += rng.choice(follow[word[-2:]])
        word = word.strip("^$")
        if len(word) >= 4:
            found[word.capitalize() if capital else word] = None
    return list(found)


def _middle(text: str) -> re.Match[str] | None:
    cuts = [m for m in _CUT.finditer(text) if m.start() >= 20 and len(text) - m.end() >= 20]
    return cuts[len(cuts) // 2] if cuts else None


def _polnear() -> list[Row]:
    quotes: list[Row] = []
    plain: list[Row] = []
    seen: set[str] = set()
    for path in sorted(POLNEAR.glob("*/attributions/*.ann")):
        stem = path.stem.rsplit("_", 1)[0]
        text = path.parent.parent / "text" / f"{stem}.txt"
        if stem in seen or not text.exists():
            continue
        seen.add(stem)
        quotes += _annotated(path.read_text(encoding="utf-8"))
        plain += [Row("", s) for s in _sentences(text.read_text(encoding="utf-8"))]
    return [*quotes, *plain]


def _annotated(annotation: str) -> Iterator[Row]:
    spans: dict[str, str] = {}
    events: list[dict[str, str]] = []
    for line in annotation.splitlines():
        cells = line.split("\t")
        if line.startswith("T") and len(cells) == 3:
            spans[cells[0]] = _SPACE.sub(" ", cells[2]).strip()
        elif line.startswith("E"):
            events.append(dict(p.split(":", 1) for p in reversed(cells[1].split()) if ":" in p))
    last = ""
    for event in events:
        content, source = spans.get(event.get("Content", "")), spans.get(event.get("Source", ""), "")
        last = last if source.lower() in _PRONOUNS else source
        if content and len(content) >= 15:
            yield Row(last if len(last) <= 60 else "", content[:600])


def _sentences(text: str) -> list[str]:
    found = (_SPACE.sub(" ", s).strip() for s in re.split(r"(?<=[.!?”\"])\s+|\n+", text))
    return [s for s in found if 40 <= len(s) <= 500]


def _seeds() -> list[Row]:
    speakers = ["Mark Rutte", "Kaja Kallas", "Marco Rubio", "Mette Frederiksen", "Mark Carney"]
    texts = [
        s for p in sorted((ROOT / "seeds").rglob("*.txt")) for s in _sentences(p.read_text(encoding="utf-8"))
    ]
    return [Row(speakers[n % len(speakers)], s) for n, s in enumerate(texts)]
