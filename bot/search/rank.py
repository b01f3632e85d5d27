"""How well a passage answers, from stored tokens alone: the same integers give the same order everywhere.

Score: 0.75 of the weight that is covered, 0.25 of likeness in order (rapidfuzz, as measured in the
benchmark), and small bonuses that only break near-ties: directness, a phrase as typed, what a fact must hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.models import QuotationKind
from bot.search.topics import Alternative, Group
from bot.store.passages import AROUND, BEFORE, CONTENT, SPEAKER
from bot.store.retrieval import Found

AROUND_STRENGTH = 0.6
BEFORE_STRENGTH = 0.35
_DIRECT = {QuotationKind.DIRECT: 0.03, QuotationKind.MIXED: 0.02, QuotationKind.INDIRECT: 0.0, None: 0.0}


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage with its score and what it is made of.

    `own` is the share of the asked weight that stands in the passage's own words, `reach` counts the rest of
    the sentence as well, at a lower strength. `matched` are the groups found in its own words.
    """

    found: Found
    score: float
    own: float
    reach: float
    matched: tuple[int, ...]
    parts: tuple[tuple[str, float], ...]


def rank(
    found: Sequence[Found], groups: Sequence[Group], number: int, bonus: Sequence[float]
) -> list[Ranked]:
    """Return the passages best first; `bonus` adds to each passage's score."""
    asked = " ".join(" ".join(g.alternatives[0].tokens) for g in groups)
    made = [_ranked(f, groups, number, asked, b) for f, b in zip(found, bonus, strict=True)]
    return sorted(made, key=lambda r: (-r.score, -r.found.article_id, r.found.id))


def _ranked(found: Found, groups: Sequence[Group], number: int, asked: str, bonus: float) -> Ranked:
    tokens = f" {found.tokens} "
    own = reach = 0.0
    matched = []
    for n, group in enumerate(groups):
        strength, around = _strengths(tokens, group, number)
        own += group.weight * strength
        reach += group.weight * max(strength, around)
        if strength >= 0.75:
            matched.append(n)
    total = sum(g.weight for g in groups) or 1.0
    own, reach = own / total, reach / total
    likeness = _likeness(tokens, asked, number) if groups else 0.0
    direct = _DIRECT[found.quotation]
    score = round(0.75 * reach + 0.25 * likeness + 0.05 * own + direct + bonus, 6)
    parts = (
        ("words", round(0.75 * reach, 3)),
        ("own words", round(0.05 * own, 3)),
        ("order", round(0.25 * likeness, 3)),
        ("direct", direct),
        ("fit", round(bonus, 3)),
    )
    return Ranked(found, score, own, reach, tuple(matched), parts)


def _strengths(tokens: str, group: Group, number: int) -> tuple[float, float]:
    """Return how well the group is met in the passage's own words, and in the rest of its sentence."""
    own = around = 0.0
    for alternative in group.alternatives:
        if alternative.strength > own and says(tokens, alternative, number):
            own = alternative.strength
        elif alternative.strength * AROUND_STRENGTH > around:
            around = max(around, alternative.strength * _near(tokens, alternative, number))
    return own, around


def says(tokens: str, alternative: Alternative, number: int) -> bool:
    """Say whether the passage's own words hold the alternative; `tokens` has a space at both ends."""
    return " " + " ".join(f"{number}{CONTENT}{t}" for t in alternative.tokens) + " " in tokens


def _near(tokens: str, alternative: Alternative, number: int) -> float:
    """Return how near the alternative is: in the rest of the sentence, in the one before, not at all."""
    reach = AROUND_STRENGTH
    for t in alternative.tokens:
        if any(f" {number}{space}{t} " in tokens for space in (AROUND, SPEAKER, CONTENT)):
            continue
        if f" {number}{BEFORE}{t} " not in tokens:
            return 0.0
        reach = BEFORE_STRENGTH
    return reach


def _likeness(tokens: str, asked: str, number: int) -> float:
    mark = f" {number}{CONTENT}"
    content = tokens.partition(f" {number}{AROUND}")[0]
    said = content.replace(mark, " ").strip()
    return (fuzz.partial_ratio(asked, said) + fuzz.token_set_ratio(asked, said)) / 200
