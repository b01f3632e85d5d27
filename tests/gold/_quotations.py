"""Our own gold for quotations: reading the cases and scoring an extraction against them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.extract import Extractor
from bot.models import Article, Quotation, Span

FOLDER = Path(__file__).resolve().parent
ENOUGH = 0.8  # overlap of words from which content counts as found


@dataclass(frozen=True, slots=True)
class Said:
    """One expected attribution; `speaker` is None where it has to stay open."""

    speaker: str | None
    cue: str
    content: str
    polarity: str


@dataclass(frozen=True, slots=True)
class Case:
    """A passage of our own with everything that is said in it."""

    group: str
    text: str
    said: tuple[Said, ...]


def cases(name: str) -> list[Case]:
    """Read the cases of `quotations_<name>.txt`."""
    found: list[Case] = []
    group = ""
    for line in (FOLDER / f"quotations_{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            group = line[3:]
        elif line.startswith("  "):
            last = found.pop()
            found.append(Case(last.group, last.text, (*last.said, _said(line))))
        elif line and not line.startswith("#"):
            found.append(Case(group, line.replace("¶", "\n"), ()))
    return found


def _said(line: str) -> Said:
    speaker, cue, content, *polarity = (part.strip() for part in line.split("|"))
    return Said(None if speaker == "-" else speaker, cue, content, polarity[0] if polarity else "states")


@dataclass(slots=True)
class Score:
    """Counts over cases, with the misses as sentences."""

    counts: Counter[str]
    misses: list[str]

    def share(self, part: str, whole: str) -> float:
        """Return one count as a share of another, in percent."""
        return 100 * self.counts[part] / max(1, self.counts[whole])

    @property
    def content(self) -> float:
        """F1 of contents found, in percent."""
        precision, recall = self.share("right", "found"), self.share("right", "expected")
        return 2 * precision * recall / max(1e-9, precision + recall)

    def line(self, name: str) -> str:
        """Return the figures as one line of a table."""
        return (
            f"{name:10} {self.counts['cases']:4} cases {self.counts['expected']:4} attributions"
            f"  content F1 {self.content:5.1f}  speaker {self.share('speaker', 'right'):5.1f}"
            f"  cue {self.share('cue', 'right'):5.1f}  polarity {self.share('polarity', 'right'):5.1f}"
        )


def score(extractor: Extractor, found: Iterable[Case]) -> Score:
    """Extract every passage and compare it with what is expected."""
    total = Score(Counter(), [])
    all_cases = list(found)
    articles = [_article(case.text) for case in all_cases]
    for case, findings in zip(all_cases, extractor.findings_many(articles), strict=True):
        total.counts["cases"] += 1
        total.misses += _compare(case, findings.quotations, total.counts)
    return total


def _article(text: str) -> Article:
    heading = (Span(0, text.index("\n")),) if "\n" in text and not re.match(r"[“\"‘A-Z]{3,}|“", text) else ()
    return Article("gold", text, "0", datetime(2026, 2, 14, tzinfo=UTC), headings=heading)


def _compare(case: Case, quotations: tuple[Quotation, ...], counts: Counter[str]) -> Iterator[str]:
    counts["expected"] += len(case.said)
    counts["found"] += len(quotations)
    left = list(quotations)
    for said in case.said:
        best = max(left, key=lambda q: _overlap(case.text, said, q), default=None)
        if best is None or _overlap(case.text, said, best) < ENOUGH:
            yield f"missed: {case.text!r}: {said.speaker} | {said.cue} | {said.content}"
            continue
        left.remove(best)
        counts["right"] += 1
        yield from _details(case, said, best, counts)
    for quotation in left:
        words = " … ".join(span.of(case.text) for span in quotation.content)
        yield f"not said: {case.text!r}: {quotation.speaker}: {words}"


def _details(case: Case, said: Said, quotation: Quotation, counts: Counter[str]) -> Iterator[str]:
    cue = quotation.cue.of(case.text) if quotation.cue else ""
    for name, is_so, wanted in (
        ("speaker", quotation.speaker, said.speaker),
        ("cue", cue, said.cue),
        ("polarity", quotation.polarity.value, said.polarity),
    ):
        if is_so == wanted:
            counts[name] += 1
        else:
            yield f"{name}: {case.text!r}: {is_so!r} instead of {wanted!r}"


def _overlap(text: str, said: Said, quotation: Quotation) -> float:
    wanted = Counter(re.findall(r"\w+", said.content))
    found = Counter(re.findall(r"\w+", " ".join(span.of(text) for span in quotation.content)))
    union = (wanted | found).total()
    return (wanted & found).total() / union if union else 0.0
