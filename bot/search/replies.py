"""What is found → what is said: headline, verdict, notes, choices; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.models import Answer, FlagKind, Phrase, Polarity, Reply, Section, Verification
from bot.normalise import STOP_WORDS, terms, words
from bot.search._words import FAINT, LIGHT
from bot.search.people import Directory
from bot.search.plan import Plan
from bot.search.question import Intent, Question
from bot.search.rank import Ranked
from bot.search.topics import Group
from bot.search.verify import Verified
from bot.store.passages import BEFORE

_NOT = frozenset({"not", "no", "never", "cannot", "without", "neither", "nor", "nobody", "none", "t"})
# little words that turn a statement: the relationship is over
_TURNING = frozenset(
    {"over", "up", "down", "out", "before", "after", "more", "most", "all", "only", "against", "off"}
)
_SPONSORED = frozenset(
    {"sponsored", "advertisement", "advertising", "advertorial", "paid", "promoted", "ad", "promotional"}
)
_OPINION = frozenset({"opinion", "op-ed", "oped", "editorial", "commentary"})
_CHOICES = 5
_POINTS_BACK = re.compile(rf" \d+\w{re.escape(BEFORE)}")
_SET_ASIDE = re.compile(r"\b(?:rather than|instead of|as opposed to)\b", re.I)
_ANY_MORE = re.compile(r"\bany more\b", re.I)
_CLAUSES = re.compile(r"[,;:—–…]|\bbut\b")


def reply(
    plan: Plan,
    *,
    answers: tuple[Answer, ...],
    narration: tuple[Answer, ...],
    nearest: tuple[Answer, ...],
    ranked: Sequence[Ranked],
    count: int,
) -> Reply:
    """Return the reply to a plan with what was found for it."""
    verdict = _verdict(plan, answers, ranked)
    return Reply(
        plan.question.text,
        _headline(plan, answers, narration, verdict, count),
        answers=answers,
        narration=narration,
        nearest=() if answers or narration else nearest,
        verdict=verdict,
        choices=_choices(plan),
        notes=_notes(plan),
    )


def verified(
    question: Question, found: Verified, answers: tuple[Answer, ...], nearest: tuple[Answer, ...], count: int
) -> Reply:
    """Return the reply to a pasted quotation."""
    speaker = answers[0].speaker or "?" if answers else question.speaker
    key = f"search.verify_{found.verification.value}"
    values = {"articles": count} if found.verification is Verification.NOT_FOUND else {"speaker": speaker}
    return Reply(
        question.text,
        Phrase(key, values),
        answers=answers,
        nearest=nearest,
        verdict=_said(found) if question.claim else None,
        verification=found.verification,
        diff=found.diff,
    )


def _said(found: Verified) -> bool:
    """Say whether somebody said these words; little words may differ, as long as none of them is a "not"."""
    if found.verification is Verification.NEAR:
        differing = {d.word for d in found.diff if d.op != "same"}
        return not differing - STOP_WORDS and not differing & _NOT
    return found.verification is Verification.VERBATIM


def flag_asked(topic: str) -> FlagKind | None:
    """Return the property of articles that the topic names."""
    asked = set(words(topic))
    if asked & _SPONSORED:
        return FlagKind.SPONSORED
    return FlagKind.OPINION if asked & _OPINION else None


def flagged(answers: tuple[Answer, ...]) -> Reply:
    """Return the articles that say it of themselves."""
    articles = len({a.article_id for a in answers})
    return Reply("", Phrase("search.found", {"answers": len(answers), "articles": articles}), answers=answers)


def silent(plan: Plan, ranked: Sequence[Ranked], directory: Directory, count: int) -> Reply:
    """Return who is quoted, but not on the topic."""
    spoke = {r.found.speaker for r in ranked if r.own >= 0.6}
    names = tuple(n for n in directory.quoted() if n not in spoke)
    values = {"topic": plan.question.topic, "speakers": len(names), "articles": count}
    return Reply(plan.question.text, Phrase("search.who_not", values), sections=(Section(None, names[:40]),))


def _headline(
    plan: Plan, answers: Sequence[Answer], narration: Sequence[Answer], verdict: bool | None, count: int
) -> Phrase:
    question = plan.question
    topic = question.topic or question.speaker
    if not answers:
        return _nothing(plan, bool(narration), count)
    values = {
        "topic": topic,
        "speaker": _spoken(plan, answers),
        "speakers": len({a.speaker for a in answers if a.speaker}),
        "quotations": len(answers),
        "facts": len(answers),
        "answers": len(answers),
        "articles": len({a.article_id for a in answers}),
    }
    if verdict is not None:
        return Phrase(
            "search.did_say" if verdict else "search.did_not_say",
            values | ({} if verdict else {"articles": count}),
        )
    keys = {
        Intent.MENTION: "search.quotes_about" if question.about else "search.who_mentioned",
        Intent.WHO_SAID: "search.who_said",
        Intent.SAID: "search.said_about" if question.topic else "search.quotes_of",
    }
    return Phrase(keys.get(plan.intent, "search.found"), values)


def _nothing(plan: Plan, narrated: bool, count: int) -> Phrase:
    question = plan.question
    if narrated:
        return Phrase("search.only_narration")
    if plan.speakers is not None:
        known = (*plan.speakers.names, *plan.speakers.known)
        if not known:
            return Phrase("search.no_speaker", {"speaker": question.speaker, "articles": count})
        if plan.intent is Intent.WHETHER:
            return Phrase("search.did_not_say", {"speaker": known[0], "articles": count})
        topic = question.topic or "anything"
        return Phrase("search.nothing_by", {"speaker": known[0], "topic": topic, "articles": count})
    if plan.intent in {Intent.MENTION, Intent.STANCE, Intent.WHO_SAID} and question.topic:
        return Phrase("search.nobody", {"topic": question.topic, "articles": count})
    if plan.intent is Intent.FACT:
        return Phrase("search.no_facts", {"topic": question.topic, "articles": count})
    return Phrase("search.nothing", {"articles": count})


def _verdict(plan: Plan, answers: Sequence[Answer], ranked: Sequence[Ranked]) -> bool | None:
    """Yes only when the speaker's own words hold everything asked and say it the same way round."""
    if plan.intent is not Intent.WHETHER:
        return None
    if plan.question.anything:
        return bool(answers)
    asked = set(words(_ANY_MORE.sub("anymore", plan.question.topic)))
    asked_not = bool(_NOT & set(words(_SET_ASIDE.sub("not", plan.question.topic))))
    needed = {n for n, g in enumerate(plan.groups) if g.weight > 0.5 and not _light(g)}
    needed = needed or set(range(len(plan.groups)))
    by_place = {(r.found.article_id, r.found.spans): r for r in ranked}
    for answer in answers:
        r = by_place.get((answer.article_id, answer.spans))
        if r is None or not _holds(r, needed, plan) or answer.polarity not in (Polarity.STATES, None):
            continue
        turning = _TURNING & asked <= set(words(answer.text))
        if turning and asked_not == _negated(answer.text, plan.question.topic):
            return True
    return False


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
    """Say whether a clause that holds words of the topic is negated: in "not A, but B" only A is."""
    asked = set(terms(topic))
    clauses = [c for c in _CLAUSES.split(_SET_ASIDE.sub(", not ", text)) if asked & set(terms(c))]
    return any(_NOT & set(words(c)) for c in clauses)


def _spoken(plan: Plan, answers: Sequence[Answer]) -> str:
    names = list(dict.fromkeys(a.speaker for a in answers if a.speaker))
    return ", ".join(names[:3]) if names else plan.question.speaker


def _choices(plan: Plan) -> tuple[str, ...]:
    speakers = plan.speakers
    if speakers is None or not speakers.several:
        return ()
    about = f" about {plan.question.topic}" if plan.question.topic else ""
    return tuple(f"quotes by {name}{about}" for name in speakers.names[:_CHOICES])


def _notes(plan: Plan) -> tuple[Phrase, ...]:
    notes = []
    if plan.speakers and plan.speakers.several:
        notes.append(Phrase("search.ambiguous", {"name": plan.question.speaker}))
    for group in plan.groups:
        if group.corrected:
            notes.append(Phrase("search.corrected", {"used": group.corrected, "typed": group.typed}))
    if days := plan.question.days:
        values = {"start": days.first or "…", "end": days.last or "…"}
        notes.append(Phrase("search.since", values))
    return tuple(notes)


__all__ = ["flag_asked", "flagged", "reply", "silent", "verified"]
