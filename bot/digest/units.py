"""A day's articles → units: the sentences that themes are made of, each with its paragraph and subheading.

Structure is the strongest free signal (measured): what a paragraph and a subheading speak of, their
sentences speak of. Reprints and repeated sentences count once; a sponsored sentence counts half.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from bot.clean.reprints import COPY, SHINGLE
from bot.digest.folding import Folding
from bot.models import Article, EntityKind, Findings, FlagKind, Span
from bot.normalise import words

SPONSORED = 0.5  # of the weight of other sentences
QUOTED = 1.5  # the digest is about who said what
LEAD = 3  # paragraphs that a headline speaks for
_BLANK = re.compile(r"\n[ \t\r\f\v]*\n\s*")
_LINE = re.compile(r"\n+")
_WIDE = 120  # characters: a text with longer lines has one paragraph a line


@dataclass(frozen=True, slots=True)
class Entry:
    """A stored article with its findings and the local date on which it counts.

    `copy` says that it is a reprint of an article that is not among the day's.
    """

    article_id: int
    article: Article
    findings: Findings
    day: date
    copy: bool = False

    @property
    def sponsored(self) -> bool:
        """Say whether the article calls itself sponsored."""
        return any(f.kind is FlagKind.SPONSORED for f in self.article.flags)

    @property
    def order(self) -> tuple[date, str, str]:
        """What entries are ordered by, however they came in."""
        return (self.day, self.article.source, self.article.content_hash)


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence: `entry` is its article's index, `paragraph` and `section` number where it stands.

    `quotations` are the indices of those in this sentence. `section` is -1 without a subheading.
    """

    entry: int
    span: Span
    tokens: tuple[str, ...]
    paragraph: int
    section: int
    quotations: tuple[int, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Day:
    """Everything that themes are made of: articles in a fixed order, units, folded subheadings, copies."""

    entries: tuple[Entry, ...]
    units: tuple[Unit, ...]
    sections: tuple[tuple[str, ...], ...]
    headings: tuple[tuple[int, Span], ...]
    reprints: frozenset[int]
    also_in: dict[tuple[str, ...], tuple[int, ...]]


def day(entries: Sequence[Entry], folding: Folding) -> Day:
    """Cut the articles of a day into units; the order of `entries` does not matter."""
    ordered = tuple(sorted(entries, key=lambda e: e.order))
    said = [_said(entry) for entry in ordered]
    copies = _reprints(said) | {n for n, e in enumerate(ordered) if e.copy}
    units: list[Unit] = []
    sections: list[tuple[str, ...]] = []
    headings: list[tuple[int, Span]] = []
    seen: dict[tuple[str, ...], list[int]] = {}
    paragraphs = 0
    for number, entry in enumerate(ordered):
        starts = _paragraphs(entry.article.text)
        under = sorted(entry.article.headings)
        for sentence, quotations in _sentences(entry):
            text = sentence.of(entry.article.text)
            key = said[number][sentence]
            seen.setdefault(key, []).append(number)
            if number in copies or len(seen[key]) > 1:
                continue
            paragraph = bisect_right(starts, sentence.start)
            heading = _heading(entry, under, sentence, starts)
            units.append(
                Unit(
                    entry=number,
                    span=sentence,
                    tokens=_tokens(entry, text, key, quotations, folding),
                    paragraph=paragraphs + paragraph,
                    section=len(sections) + heading if heading >= 0 else -1,
                    quotations=quotations,
                    weight=(SPONSORED if entry.sponsored else 1.0) * (QUOTED if quotations else 1.0),
                )
            )
        sections += [folding.tokens(h.of(entry.article.text)) for h in under]
        headings += [(number, h) for h in under]
        paragraphs += len(starts) + 1
    shared = {key: tuple(sorted(set(found))) for key, found in seen.items() if len(set(found)) > 1}
    return Day(ordered, tuple(units), tuple(sections), tuple(headings), copies, shared)


def _said(entry: Entry) -> dict[Span, tuple[str, ...]]:
    """Return the words of an article's sentences, for all that is done with them."""
    return {s: tuple(words(s.of(entry.article.text))) for s in entry.findings.sentences}


def _tokens(
    entry: Entry, text: str, said: Sequence[str], quotations: tuple[int, ...], folding: Folding
) -> tuple[str, ...]:
    """Return the folded words of a sentence, with the person who speaks in it: "he" is somebody."""
    tokens = folding.tokens(text, places=True, said=said)
    found = (entry.findings.quotations[n] for n in quotations)
    names = {q.speaker for q in found if q.speaker and q.speaker_kind is EntityKind.PERSON}
    speakers = {t for name in sorted(names) for t in folding.phrase(name)}
    return tokens + tuple(sorted(speakers - set(tokens)))


def _reprints(articles: Iterable[Mapping[Span, Sequence[str]]]) -> frozenset[int]:
    """Return the indices of the articles that copy an earlier one: its shingles hold theirs."""
    origin: dict[int, int] = {}
    copies: set[int] = set()
    for number, said in enumerate(articles):
        found = _shingles(said)
        shared = Counter(origin[shingle] for shingle in found if shingle in origin)
        if found and max(shared.values(), default=0) >= COPY * len(found):
            copies.add(number)
            continue
        for shingle in found:
            origin.setdefault(shingle, number)
    return frozenset(copies)


def _shingles(said: Mapping[Span, Sequence[str]]) -> set[int]:
    """Return hashes of all runs of four words of the sentences: of this process, so Python's own will do."""
    together = list(chain.from_iterable(said.values()))
    return {hash(run) for run in zip(*(together[n:] for n in range(SHINGLE)), strict=False)}


def _paragraphs(text: str) -> list[int]:
    """Return where paragraphs start: at each line of a text with long lines, after blank lines otherwise."""
    longest = max((len(line) for line in text.split("\n")), default=0)
    border = _LINE if longest > _WIDE else _BLANK
    return [0, *(m.end() for m in border.finditer(text))]


def _heading(entry: Entry, headings: Sequence[Span], sentence: Span, starts: Sequence[int]) -> int:
    """Return the index of the heading over a sentence, -1 for none; a headline covers the lead only."""
    above = bisect_right(headings, sentence.start, key=lambda h: h.end) - 1
    if above != 0 or not _is_headline(entry, headings[0]):
        return above
    passed = bisect_right(starts, sentence.start) - bisect_right(starts, headings[0].end)
    return 0 if passed <= LEAD else -1


def _is_headline(entry: Entry, heading: Span) -> bool:
    first = next(iter(_standing(entry)), None)
    return first is None or heading.start < first.start


def _standing(entry: Entry) -> Iterator[Span]:
    """Yield the sentences of the body: no headings, nothing that cleaning masked."""
    article = entry.article
    out = sorted([*article.headings, *(m.span for m in article.masks)])
    starts = [span.start for span in out]
    for sentence in entry.findings.sentences:
        before = bisect_right(starts, sentence.start) - 1
        if before < 0 or out[before].end <= sentence.start:
            yield sentence


def _sentences(entry: Entry) -> Iterator[tuple[Span, tuple[int, ...]]]:
    """Yield each sentence with the quotations whose first words stand in it."""
    starts = sorted((q.content[0].start, n) for n, q in enumerate(entry.findings.quotations) if q.content)
    at = 0
    for sentence in _standing(entry):
        while at < len(starts) and starts[at][0] < sentence.start:
            at += 1
        inside: list[int] = []
        while at < len(starts) and starts[at][0] < sentence.end:
            inside.append(starts[at][1])
            at += 1
        yield sentence, tuple(inside)
