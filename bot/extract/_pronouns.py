"""He, she, they, it: the antecedent by role, recency, paragraph and agreement.

After Lappin and Leass's salience (1994), reduced to what news prose needs: every candidate has a score, the
best one wins, and a lead that is too small leaves the speaker open.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter

from bot.extract._agreement import by_title
from bot.extract._people import ArticlePerson, NameMention, People

_STOPS = re.compile(r"[.!?][”\"’']*\s")
_WINDOW = 9  # sentences that a pronoun looks back
_MASCULINE = {"he", "him", "his", "himself"}


def agreement(text: str, people: People) -> list[str | None]:
    """Return for each person "he", "she" or None, by titles in the article, else by given name."""
    votes: list[Counter[str]] = [Counter() for _ in people.people]
    for mention in people.mentions:
        title = by_title(text[max(0, mention.span.start - 14) : mention.span.start])
        if title is not None:
            votes[mention.person][title] += 1
    return [_agreement(vote, person) for vote, person in zip(votes, people.people, strict=True)]


def _agreement(vote: Counter[str], person: ArticlePerson) -> str | None:
    return vote.most_common(1)[0][0] if vote else person.agreement


def antecedent(
    text: str,
    pronoun: str,
    position: int,
    people: People,
    agree: list[str | None],
    hidden: list[tuple[int, int]],
    last: tuple[int, int] | None,
) -> int | None:
    """Return the person that he or she means at a position; None where nobody fits.

    `hidden` are ranges whose names don't count (words between quotation marks); `last` is the person
    who spoke last and where.
    """
    wanted = "he" if pronoun in _MASCULINE else "she"
    scores: dict[int, float] = {}
    for mention in reversed(people.mentions[: people.before(position)]):
        gap = text[mention.span.start : position]
        if len(gap) > 2500:
            break
        sentences = len(_STOPS.findall(gap))
        if sentences > _WINDOW:
            break
        if agree[mention.person] not in {None, wanted} or _hidden(mention, hidden):
            continue
        score = _score(mention, gap, sentences, agree[mention.person] == wanted)
        scores[mention.person] = max(score, scores.get(mention.person, -99.0))
    if last is not None and agree[last[0]] in {None, wanted}:
        gap = text[last[1] : position]
        score = 0.4 - 0.35 * len(_STOPS.findall(gap)) - 0.3 * gap.count("\n\n")
        scores[last[0]] = max(score, scores.get(last[0], -99.0))
    return max(scores, key=lambda person: scores[person]) if scores else None


def _score(mention: NameMention, gap: str, sentences: int, agrees: bool) -> float:
    breaks = gap.count("\n\n") or gap.count("\n")
    score = -0.7 * sentences - 0.7 * breaks - len(gap) / 2500
    score += 2.2 if mention.subject else 0.0
    score += 0.4 if agrees else 0.0
    score -= 0.8 if mention.possessive else 0.0
    return score


def _hidden(mention: NameMention, hidden: list[tuple[int, int]]) -> bool:
    at = bisect_right(hidden, mention.span.start, key=lambda span: span[0]) - 1
    return at >= 0 and mention.span.start < hidden[at][1]
