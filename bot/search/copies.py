"""The same words by the same speaker, in several articles: told once, with the other articles; pure.

Rows alone tell which passages may be copies: their speaker and their content words. The few that may are
compared by every word, so that nothing is taken for a copy that differs in a "not".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.models import named
from bot.normalise import name_key, words
from bot.search.rank import Ranked, own_words
from bot.store.passages import AROUND, NARRATION, TAG, prefix
from bot.store.retrieval import Found, Source

Key = tuple[str, str]


class Told(NamedTuple):
    """A passage, and what the articles are called that say the same."""

    ranked: Ranked
    also_in: tuple[str, ...] = ()


def keys(ranked: Sequence[Ranked], number: int) -> list[Key]:
    """Return speaker and content words of each passage: those of copies are alike."""
    names = [name_key(r.found.speaker or "") for r in ranked]
    often = Counter(names)
    # whoever speaks once says nothing twice: their words need not be compared
    return [
        (name, _words(r.found, number) if often[name] > 1 else "")
        for r, name in zip(ranked, names, strict=True)
    ]


def _words(found: Found, number: int) -> str:
    """Return the content words that are shown: of narration also those that somebody is quoted with in it."""
    tokens, before = f" {found.tokens} ", prefix(number, found.kind)
    own = own_words(tokens, before)
    start = tokens.find(f" {before}{AROUND}") if found.kind == NARRATION else -1
    return own if start < 0 else own + tokens[start : tokens.find(f" {before}{TAG}", start)]


def all_alike(rest: Sequence[Ranked], first: Sequence[Ranked], number: int) -> bool:
    """Say whether each of the rest may be a copy of one of the first."""
    names = {name_key(r.found.speaker or "") for r in first}
    if not all(name_key(r.found.speaker or "") in names for r in rest):
        return False
    known = {(name_key(r.found.speaker or ""), _words(r.found, number)) for r in first}
    return all((name_key(r.found.speaker or ""), _words(r.found, number)) in known for r in rest)


def doubtful(ranked: Sequence[Ranked], alike: Sequence[Key]) -> list[Ranked]:
    """Return the passages that may be copies of one another."""
    often = Counter(alike)
    return [r for r, key in zip(ranked, alike, strict=True) if often[key] > 1]


def told(ranked: Sequence[Ranked], alike: Sequence[Key], sources: Mapping[int, Source]) -> list[Told]:
    """Return the passages in their order, one for each set of words; `sources` has those of the doubtful."""
    if len(set(alike)) == len(alike):
        return [Told(r) for r in ranked]
    texts = {id(r): text(r.found, sources[r.found.article_id]) for r in doubtful(ranked, alike)}
    groups: dict[tuple[Key, str], list[Ranked]] = {}
    for r, key in zip(ranked, alike, strict=True):
        spelt = _spelt(texts[id(r)]) if id(r) in texts else ""
        groups.setdefault((key, spelt), []).append(r)
    return [Told(same[0], _others(same, sources)) for same in groups.values()]


def _others(same: Sequence[Ranked], sources: Mapping[int, Source]) -> tuple[str, ...]:
    if len(same) == 1:
        return ()
    articles = [sources[i] for i in dict.fromkeys(r.found.article_id for r in same)]
    return tuple(named(a.title, a.source) for a in articles[1:])


def text(found: Found, source: Source) -> str:
    """Return the passage's words as the article has them."""
    return " […] ".join([span.of(source.text) for span in found.spans])


def _spelt(text: str) -> str:
    """Return the words in a spelling-blind form, for comparing them."""
    return " ".join(words(text)) or text
