"""Two quotations that contradict each other, by an explicit sign in the text and never by tone.

Signs: a cue that rejects, denies or counters; "others" against "some"; the same words with and without a
negation; the same words with different numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations

from bot.digest.folding import Folding, generic
from bot.digest.units import Day
from bot.digest.voices import Voice
from bot.models import Disagreement, Polarity, Span, Theme
from bot.normalise import name_key, words

NEAR = 2  # sentences within which an answer answers
_SHARED = 2  # folded words that two quotations share to be on the same thing
_SAME = 0.6  # of the shorter one's words, where only a negation or a number differs
_AGAINST = frozenset({Polarity.REJECTS, Polarity.DENIES})
_COUNTERS = frozenset(["deny", "dispute", "oppose", "refute", "reject"])  # what they name themselves
_RETORTS = frozenset(
    ["contradict", "counter", "disagree", "object", "protest", "rebut", "retort"]
)  # what stood before
_ANSWERS = frozenset(["answer", "argue", "caution", "claim", "contend", "reply", "respond", "warn"])
_OTHERS = re.compile(r"\b(others|critics|opponents|sceptics|skeptics|detractors)\b", re.I)
_TURNS = re.compile(r"\b(but|however|yet|while|whereas|although|though|instead|nevertheless)\b|;", re.I)
_HEADS = re.compile(r"(but|however|yet|instead|nevertheless|not all|not everyone)\b", re.I)
_CLAIM = re.compile(
    r"\b(claim|charge|accusation|allegation|argument|assertion|criticism|premise|talk)s?\b", re.I
)
_NEGATION = re.compile(r"\b(not|no|never|nobody|nothing|none|neither|nor|cannot)\b|n[’']t\b", re.I)
_POINTS_BACK = re.compile(r"(this|these|it|any such|such)\b", re.I)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

Place = tuple[str, tuple[Span, ...]]
Rule = Callable[[Day, Folding, Voice, Voice], "tuple[str, str] | None"]


def disagreement(day: Day, folding: Folding, found: Sequence[Voice]) -> Disagreement | None:
    """Return the best pair of quotations with an explicit sign, or None."""
    best: tuple[tuple[int, int, float], Disagreement] | None = None
    for one, other in combinations(sorted(found, key=lambda v: (v.entry, v.quotation.sentence, v.index)), 2):
        if _same_voice(one, other):
            continue
        for rank, rule in enumerate(_RULES):
            if sign := rule(day, folding, one, other):
                pair = Disagreement(one.answer, other.answer, *sign)
                worth = (-rank, -_apart(one, other), one.answer.score + other.answer.score)
                if best is None or worth > best[0]:
                    best = (worth, pair)
                break
    return best[1] if best else None


def _apart(one: Voice, other: Voice) -> int:
    """Return how many sentences lie between the two: who answers answers the nearest."""
    return min(abs(other.unit - one.unit), NEAR + 1)


def _same_voice(one: Voice, other: Voice) -> bool:
    """Say whether one person speaks in both, or one quotation stands in the other."""
    inside = one.entry == other.entry and any(
        a.overlaps(b) for a in one.quotation.content for b in other.quotation.content
    )
    return inside or name_key(one.answer.speaker or "") == name_key(other.answer.speaker or "")


def _countered(day: Day, folding: Folding, one: Voice, other: Voice) -> tuple[str, str] | None:
    """The later one answers the earlier one with a cue that says so, right after it or after a "but"."""
    if not _follows(one, other) or not _finite(day, other):
        return None
    lemma = (other.quotation.cue_lemma or "").lower()
    if (lemma in _RETORTS and _at_once(day, one, other)) or (lemma in _ANSWERS and _turn(day, one, other)):
        return _cue(day, other), "countered"
    if lemma in _COUNTERS and _at_once(day, one, other) and _same_thing(folding, other, one):
        return _cue(day, other), "countered"
    return None


def _finite(day: Day, voice: Voice) -> bool:
    """Say whether the cue is a verb of its own: "to counter Russian influence" counters nobody's words."""
    cue, text = voice.quotation.cue, day.entries[voice.entry].article.text
    return cue is not None and not text[: cue.start].rstrip().lower().endswith(" to")


def _paragraph(day: Day, voice: Voice) -> tuple[int, int]:
    return voice.entry, day.units[voice.unit].paragraph


def _others(day: Day, _folding: Folding, one: Voice, other: Voice) -> tuple[str, str] | None:
    """Some called for one thing, others for another: the text itself sets the groups against each other."""
    if not _follows(one, other) or other.quotation.speaker_span is None:
        return None
    speaker = other.quotation.speaker_span.of(day.entries[other.entry].article.text)
    found = _OTHERS.search(speaker)
    return (found.group(), "countered") if found else None


def _rejected(day: Day, folding: Folding, one: Voice, other: Voice) -> tuple[str, str] | None:
    """One rejects or denies what the other has just said, or both speak of the same thing."""
    denial, claim = _denial(one, other)
    if denial is None or claim is None or not _finite(day, denial):
        return None
    answers = _at_once(day, claim, denial) and _same_thing(folding, denial, claim)
    shared = len(_telling(folding, denial) & _telling(folding, claim)) >= _SHARED
    return (_cue(day, denial), "rejected") if answers or shared else None


def _claimed(day: Day, folding: Folding, one: Voice, other: Voice) -> tuple[str, str] | None:
    """One rejects "American claims"; the other speaks for the United States on the same theme."""
    denial, claim = _denial(one, other)
    if denial is None or claim is None or not _CLAIM.search(denial.answer.text):
        return None
    claimants = {t for t in folding.tokens(denial.answer.text) if t in folding.kinds}
    speaks_for = set(folding.tokens(f"{claim.answer.role or ''} {claim.answer.speaker or ''}"))
    return (_cue(day, denial), "rejected") if claimants & speaks_for else None


def _denial(one: Voice, other: Voice) -> tuple[Voice | None, Voice | None]:
    """Return the only one of the two that rejects or denies, and the other."""
    against = [v.quotation.polarity in _AGAINST and v.quotation.cue is not None for v in (one, other)]
    if against == [True, False]:
        return one, other
    return (other, one) if against == [False, True] else (None, None)


def _cue(day: Day, voice: Voice) -> str:
    cue = voice.quotation.cue
    return " ".join(cue.of(day.entries[voice.entry].article.text).split()) if cue else ""


def _negated(day: Day, folding: Folding, one: Voice, other: Voice) -> tuple[str, str] | None:
    """The same words, one of them with a negation."""
    if not _alike(folding, one, other):
        return None
    signs = [_NEGATION.search(v.answer.text) for v in (one, other)]
    found = [s.group() for s in signs if s]
    return (found[0], "negated") if len(found) == 1 else None


def _numbers(day: Day, folding: Folding, one: Voice, other: Voice) -> tuple[str, str] | None:
    """The same words with different numbers."""
    first, second = (set(_NUMBER.findall(v.answer.text)) for v in (one, other))
    if not first or not second or first & second or not _alike(folding, one, other):
        return None
    return f"{min(first)} / {min(second)}", "numbers"


_RULES: tuple[Rule, ...] = (_countered, _rejected, _others, _claimed, _negated, _numbers)


def _follows(one: Voice, other: Voice) -> bool:
    """Say whether the second stands in the same article, in the same sentence or at most two later."""
    return one.entry == other.entry and 0 <= other.unit - one.unit <= NEAR


def _turn(day: Day, one: Voice, other: Voice) -> bool:
    """Say whether a "but" stands between the two: inside their sentence, or at the head of a later one."""
    text = day.entries[one.entry].article.text
    if one.unit == other.unit:
        return bool(_TURNS.search(text, one.quotation.content[0].start, other.quotation.content[-1].end))
    later = range(one.unit + 1, other.unit + 1)
    return any(_HEADS.match(text, day.units[n].span.start) for n in later)


def _words(folding: Folding, voice: Voice) -> set[str]:
    return set(folding.tokens(voice.answer.text))


def _at_once(day: Day, one: Voice, other: Voice) -> bool:
    """Say whether the second stands in the same paragraph, in the same sentence or in the next."""
    near = _follows(one, other) and other.unit - one.unit <= 1
    return near and _paragraph(day, one) == _paragraph(day, other)


def _same_thing(folding: Folding, denial: Voice, claim: Voice) -> bool:
    """Say whether a denial speaks of the claim: by a word of it, or as "this" or "the accusation"."""
    said = denial.answer.text
    points = _POINTS_BACK.match(said) or _CLAIM.search(said)
    return bool(points or _telling(folding, denial) & _telling(folding, claim))


def _telling(folding: Folding, voice: Voice) -> set[str]:
    return _words(folding, voice) - generic()


def _alike(folding: Folding, one: Voice, other: Voice) -> bool:
    first, second = (
        {t for t in _words(folding, v) if not t.isdigit() and t not in words("not no never")}
        for v in (one, other)
    )
    shorter = min(len(first), len(second))
    return shorter >= _SHARED and len(first & second) >= _SAME * shorter


def settled(themes: Sequence[Theme]) -> tuple[Theme, ...]:
    """Leave each disagreement in one theme: where most of its sides are quoted, of equals the best theme."""
    owners: dict[frozenset[Place], tuple[int, int]] = {}
    for rank, theme in enumerate(themes):
        if sides := _sides(theme):
            own = {(a.source, a.spans) for a in (*theme.quotes, *theme.more)}
            owners[sides] = max(owners.get(sides, (0, -rank)), (len(sides & own), -rank))
    return tuple(
        theme if owners.get(_sides(theme), (0, -rank))[1] == -rank else replace(theme, disagreement=None)
        for rank, theme in enumerate(themes)
    )


def _sides(theme: Theme) -> frozenset[Place]:
    pair = theme.disagreement
    return frozenset((a.source, a.spans) for a in (pair.one, pair.other)) if pair else frozenset()
