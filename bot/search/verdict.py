"""Did they say it: yes only when the speaker's own words hold everything asked, the same way round; pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from bot.models import Answer, Polarity, Verification
from bot.normalise import STOP_WORDS, fold, terms, words
from bot.search._subject import of_another
from bot.search._words import FAINT, LIGHT
from bot.search.needs import names_days
from bot.search.plan import Plan
from bot.search.question import Intent
from bot.search.rank import Ranked
from bot.search.topics import Group
from bot.search.verify import Verified
from bot.store.passages import BEFORE

_NOT = frozenset({"not", "no", "never", "cannot", "without", "neither", "nor", "nobody", "none", "t"}) | {
    "hardly", "barely", "scarcely", "rarely", "seldom", "insufficiently", "insufficient", "nothing",
    "nowhere", "fail", "fails", "failed", "lack", "lacks", "lacked", "refuses", "refused",
}  # fmt: skip
_LIKE = {"more": frozenset({"more", "greater", "bigger", "larger", "higher", "further", "additional"})}
# little words that turn a statement: the relationship is over
_TURNING = frozenset(
    {"over", "up", "down", "out", "before", "after", "more", "most", "all", "only", "against", "off"}
)
_PAIRS = (("much", "little"), ("many", "few"), ("new", "old"), ("first", "last"), ("up", "down"))
_OPPOSITES = dict(_PAIRS) | {b: a for a, b in _PAIRS}
_IS = re.compile(r"\b(?:is|are|was|were|be|been|has|have|had) (\w+)\W*$", re.I)
_LEADING = frozenset({"over", "up", "down", "out", "off"})
_ARTICLES = frozenset({"the", "a", "an", "its", "their", "our", "this", "all"})
_POINTS_BACK = re.compile(rf" \d+\w{re.escape(BEFORE)}")
_SET_ASIDE = re.compile(r"\b(?:rather than|instead of|as opposed to)\b", re.I)
_NOT_ONE = re.compile(
    r"\b((?:not|no|neither|without)\b[^.,;:—–]*), ([^.,;:—–]* n?or\b)", re.I
)  # not A, B or C
_LOOK_AFTER = re.compile(r"\blook(?:s|ed|ing)? after\b", re.I)
_ANY_MORE = re.compile(r"\bany more\b", re.I)
_CLAUSES = re.compile(
    r"(?<!\[)…|[,;:—–]|\bbut\b"
)  # what stands between two parts of a sentence is left out […]


def verdict(plan: Plan, answers: Sequence[Answer], ranked: Sequence[Ranked], number: int) -> bool | None:
    """Yes only when the speaker's own words hold everything asked and say it the same way round.

    None where that is so, but nobody knows whether on the days asked for.
    """
    if plan.intent is not Intent.WHETHER:
        return None
    if plan.question.anything:
        return any(_of_the_kind(a, plan.question.polarities) for a in answers)
    turns = _turns(words(_LOOK_AFTER.sub("care for", _ANY_MORE.sub("anymore", plan.question.topic))))
    asked_not = bool(_NOT & set(words(_SET_ASIDE.sub("not", plan.question.topic))))
    needed = _needed(plan)
    unknown = False
    by_place = {(r.found.article_id, r.found.spans): r for r in ranked}
    for answer in answers:
        r = by_place.get((answer.article_id, answer.spans))
        if r is None or not _holds(r, needed, plan) or answer.polarity not in (Polarity.STATES, None):
            continue
        told = set(words(answer.text))
        if of_another(plan.groups, plan.question.topic, answer.text) or _opposed(
            words(plan.question.topic), told
        ):
            continue
        turning = all(told & _LIKE.get(w, {w}) for w in turns)
        if turning and asked_not == _negated(answer.text, plan.question.topic):
            if _then(plan, answer, r, number):
                return True
            unknown |= answer.published is None
    return None if unknown else False


def _opposed(asked: Sequence[str], told: Collection[str]) -> bool:
    """Say whether a little word asked for is not told, but its opposite is: too much, too little."""
    return any(w not in told and _OPPOSITES[w] in told for w in asked if w in _OPPOSITES)


def _of_the_kind(answer: Answer, wanted: Sequence[Polarity]) -> bool:
    """Say whether what they said is what is asked for: who rejects a claim does not agree with it."""
    return not wanted or answer.polarity is None or answer.polarity in wanted


def _turns(typed: Sequence[str]) -> set[str]:
    """Return the little words of a claim that turn it: it is over; not those before a noun: over Europe."""
    pairs = zip(typed, [*typed[1:], ""], strict=True)
    return {w for w, following in pairs if w in _TURNING and not (w in _LEADING and _is_noun(following))}


def _is_noun(word: str) -> bool:
    return word in _ARTICLES or (word.isalpha() and word not in STOP_WORDS)


def _then(plan: Plan, answer: Answer, r: Ranked, number: int) -> bool:
    """Say whether it is of the days asked for: its article, or its sentence names them.

    Days that end the claim may be a part of it, so that the article's date says nothing of them.
    """
    question = plan.question
    if not question.days:
        return True
    if names_days(question.when, r.found, number):
        return True
    ends = words(question.text)[-len(words(question.when)) :] == words(question.when)
    return answer.published is not None and not ends


def _needed(plan: Plan) -> set[int]:
    """Return the groups without which nobody said it: the weighty ones, and what something is said to be."""
    groups = plan.groups
    needed = {n for n, g in enumerate(groups) if g.weight > 0.5 and not _light(g)}
    ends = _IS.search(plan.question.topic)
    if ends and groups and fold(ends[1]) == groups[-1].typed:  # the ice is gone
        needed.add(len(groups) - 1)
    return needed or set(range(len(groups)))


def _light(group: Group) -> bool:
    return all(t in LIGHT or t in FAINT for t in group.alternatives[0].tokens)


def _holds(r: Ranked, needed: set[int], plan: Plan) -> bool:
    """Say whether the words hold what is needed; those levels holds the levels of the sentence before."""
    missing = needed - set(r.matched)
    if not missing:
        return True
    weights = [g.weight for g in plan.groups]
    pointed = r.reach - r.own >= sum(0.45 * weights[n] for n in missing) / sum(weights)
    return pointed and _POINTS_BACK.search(r.found.tokens) is not None and len(missing) * 2 < len(needed) + 1


def _negated(text: str, topic: str) -> bool:
    """Say whether the topic is negated: in every clause that holds of it, or a word of it by a "not" before.

    In "not A, but B" only A is, in "Europe had hardly helped, had spent little" only the help.
    """
    asked = set(terms(topic))
    text = _SET_ASIDE.sub(", not ", _NOT_ONE.sub(r"\1 or \2", text))
    clauses = [c for c in _CLAUSES.split(text) if asked & set(terms(c))]
    apart = [_parted(c) for c in clauses]
    plain = {t for before, _ in apart for t in before}
    denied = {t for _, after in apart for t in after}
    return bool(asked & (denied - plain)) or (bool(apart) and all(_NOT & set(words(c)) for c in clauses))


def _parted(clause: str) -> tuple[set[str], set[str]]:
    """Return the terms of a clause before its first negation, and after it."""
    told = words(clause)
    at = next((n for n, w in enumerate(told) if w in _NOT), len(told))
    return set(terms(" ".join(told[:at]))), set(terms(" ".join(told[at:])))


def said(found: Verified) -> bool:
    """Say whether somebody said these words; little words may differ, as long as none of them is a "not"."""
    if found.verification is Verification.NEAR:
        differing = {d.word for d in found.diff if d.op != "same"}
        return not differing - STOP_WORDS and not differing & _NOT
    return found.verification is Verification.VERBATIM
