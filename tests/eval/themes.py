"""Themes of `seeds/articles` against our own gold: `python3 run eval themes`.

A gold theme is covered when one of the eight shown shares its sentences with F1 of at least .3. Gold names a
sentence by its first words; a title is right when it says one of the accepted words.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from statistics import mean
from typing import Any

from bot import reference
from bot.clean import clean
from bot.digest.folding import Folding
from bot.digest.themes import gather, themes
from bot.digest.units import Day, Entry
from bot.errors import SourceError
from bot.extract import Extractor
from bot.fetch import files
from bot.models import Article, Findings, Span, Theme
from bot.normalise import name_key
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "gold" / "themes.jsonl"
SHOWN = 8
COVERED = 0.3
Place = tuple[str, Span]


@dataclass(slots=True)
class Figures:
    """What was measured; shares from 0 to 1."""

    coverage: float
    member_f1: float
    redundancy: float
    junk: float
    titles: float
    noise: float
    verbatim: float
    speakers: float
    sources: float
    disagreement: float
    matches: list[tuple[str, str, float]] = field(default_factory=list)


@cache
def seeds() -> tuple[tuple[Article, Findings], ...]:
    """Read, clean and extract our own articles, once in a process."""
    raws = [r for r in files.read([str(ROOT / "seeds" / "articles")]) if not isinstance(r, SourceError)]
    articles = [clean(raw) for raw in raws]
    return tuple(zip(articles, Extractor(known()).findings_many(articles), strict=True))


@cache
def known() -> reference.Reference:
    """Return the people and terms that ship with the seeds."""
    settings = Settings(_env_file=None)  # pydantic's own switch
    return reference.load(settings.people, settings.terms)


def entries(found: Sequence[tuple[Article, Findings]]) -> list[Entry]:
    """Return the articles as they stand in the store: with an id and their day."""
    return [
        Entry(n, article, findings, article.published or article.fetched.date())
        for n, (article, findings) in enumerate(found, 1)
    ]


def found_themes(articles: Sequence[Entry]) -> tuple[Day, tuple[Theme, ...]]:
    """Return the themes over these articles with nothing before them."""
    folding = Folding(known())
    day, past = gather(articles, [], min(e.day for e in articles), folding)
    return day, themes(day, past, folding)


def gold() -> list[dict[str, Any]]:
    """Return the gold themes, each sentence as (file, span)."""
    texts = {Path(article.source).name: article.text for article, _ in seeds()}
    spans = {
        Path(a.source).name: [s for s in f.sentences if not any(h.holds(s) for h in a.headings)]
        for a, f in seeds()
    }
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        row["places"] = {(name, _sentence(spans[name], texts[name], start)) for name, start in row["members"]}
    return rows


def _sentence(spans: Sequence[Span], text: str, start: str) -> Span:
    at = text.find(start)
    found = [s for s in spans if s.start <= at < s.end]
    assert at >= 0, start
    assert found, start
    return found[0]


def figures() -> Figures:
    """Measure the themes of the seeds."""
    articles = entries(seeds())
    day, made = found_themes(articles)
    shown = made[:SHOWN]
    wanted = gold()
    matches = [_best(row, shown) for row in wanted]
    covered = [f for _, _, f in matches if f >= COVERED]
    return Figures(
        coverage=len(covered) / len(wanted),
        member_f1=mean(covered or [0.0]),
        redundancy=_redundancy(shown),
        junk=mean(not any(_f1(_places(t), row["places"]) >= COVERED / 2 for row in wanted) for t in shown),
        titles=mean(_accepted(t, wanted) for t in shown),
        noise=float(_noise(articles, made)),
        verbatim=_verbatim(articles, made),
        speakers=_speakers(day, shown),
        sources=_sources(day, shown),
        disagreement=_disagreement(wanted, made),
        matches=matches,
    )


def _places(theme: Theme) -> set[Place]:
    return {(Path(m.source).name, m.span) for m in theme.members}


def _f1(one: set[Place], other: set[Place]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def _best(row: dict[str, Any], shown: Sequence[Theme]) -> tuple[str, str, float]:
    score, title = max((_f1(_places(t), row["places"]), t.title) for t in shown)
    return row["title"], title, score


def _accepted(theme: Theme, wanted: Sequence[dict[str, Any]]) -> bool:
    """Say whether the title says what an editor accepts for a gold theme that it shares sentences with."""
    near = [row for row in wanted if _places(theme) & row["places"]]
    return any(word in theme.title.lower() for row in near for word in row["accept"])


def _redundancy(shown: Sequence[Theme]) -> float:
    """Return the share of themes that mostly repeat a better one."""
    repeats = [
        any(len(_places(t) & _places(o)) > 0.6 * len(_places(t)) for o in shown[:n])
        for n, t in enumerate(shown)
    ]
    return mean(repeats)


def _noise(articles: Sequence[Entry], made: Sequence[Theme]) -> int:
    masks = {e.article.source: [m.span for m in e.article.masks] for e in articles}
    return sum(any(k.overlaps(m.span) for k in masks[m.source]) for t in made for m in t.members)


def _verbatim(articles: Sequence[Entry], made: Sequence[Theme]) -> float:
    texts = {e.article.source: e.article.text for e in articles}
    quotes = [a for t in made for a in (*t.quotes, *t.more, *t.facts)]
    return mean(" […] ".join(s.of(texts[a.source]) for s in a.spans) == a.text for a in quotes)


def _speakers(day: Day, shown: Sequence[Theme]) -> float:
    """Return how many different speakers are shown of those that three quotations could show."""
    shares = []
    for theme in shown:
        available = {name_key(a.speaker or "") for a in (*theme.quotes, *theme.more)}
        if available:
            shares.append(len({name_key(a.speaker or "") for a in theme.quotes}) / min(3, len(available)))
    return mean(shares)


def _sources(day: Day, shown: Sequence[Theme]) -> float:
    """Return how many different articles the quotations of all shown themes come from, of those available."""
    available = {a.source for t in shown for a in (*t.quotes, *t.more)}
    return len({a.source for t in shown for a in t.quotes}) / max(1, len(available))


def _disagreement(wanted: Sequence[dict[str, Any]], made: Sequence[Theme]) -> float:
    """Return the share of gold disagreements whose two sides are shown as such, or stand side by side."""
    pairs = [side for row in wanted for side in row["sides"]]
    found = [_shows(pair, theme) for pair in pairs for theme in [made]]
    return mean(found)


def _shows(pair: Sequence[str], made: Sequence[Theme]) -> bool:
    for theme in made:
        said = [a.context for a in theme.quotes]
        if theme.disagreement:
            said += [theme.disagreement.one.context, theme.disagreement.other.context]
        if all(any(side in text for text in said) for side in pair):
            return True
    return False


def run() -> None:
    """Print the figures with what they should reach."""
    got = figures()
    for title, match, score in got.matches:
        print(f"  {score:.2f}  {title}  ←  {match}")
    for name, wanted in (
        ("coverage", "≥ .85"), ("member_f1", "≥ .58"), ("redundancy", "≤ .10"), ("junk", "≤ .10"),
        ("titles", "≥ .90"), ("noise", "0"), ("verbatim", "1.00"), ("speakers", "≥ .85"),
        ("sources", "≥ .85"), ("disagreement", "≥ .50"),
    ):  # fmt: skip
        print(f"  {name:12} {getattr(got, name):.2f}  ({wanted})")
