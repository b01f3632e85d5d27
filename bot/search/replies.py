"""What is found → what is said: headline, verdict, notes, choices; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from rapidfuzz.distance import OSA

from bot.models import Answer, FlagKind, Further, Phrase, Reply, Section
from bot.normalise import words
from bot.search._dates import Days
from bot.search.headline import headline, of_verified
from bot.search.people import Directory
from bot.search.plan import Plan
from bot.search.question import Question
from bot.search.rank import Ranked
from bot.search.showing import Shown
from bot.search.understood import understood
from bot.search.verdict import said, verdict
from bot.search.verify import Verified

_SPONSORED = frozenset(
    {
        "sponsored",
        "advertisement",
        "advertising",
        "advertorial",
        "paid",
        "promoted",
        "ad",
        "promotional",
        "disclaimer",
        "disclaimers",
    }
)
_OPINION = frozenset({"opinion", "op-ed", "oped", "editorial", "commentary"})
_CHOICES = 5
_LONG = 7  # letters
_LISTED = 40


def reply(plan: Plan, shown: Shown, ranked: Sequence[Ranked], *, count: int, number: int) -> Reply:
    """Return the reply to a plan with what is shown of what was found for it, the `ranked`."""
    judged = verdict(plan, shown.answers, ranked, number)
    counted: list[Answer | Further] = [*shown.answers, *shown.further]
    return Reply(
        plan.question.text,
        headline(plan, counted, bool(shown.narration), judged, count),
        answers=shown.answers,
        narration=shown.narration,
        nearest=shown.nearest,
        verdict=judged,
        choices=_choices(plan),
        notes=(
            *_cut(counted, more=shown.more),
            *_notes(plan),
            *_undated(plan, (*shown.answers, *shown.narration)),
        ),
        understood=understood(plan),
        further=shown.further,
        asides=shown.asides,
    )


def verified(
    question: Question, found: Verified, answers: tuple[Answer, ...], nearest: tuple[Answer, ...], count: int
) -> Reply:
    """Return the reply to a pasted quotation."""
    return Reply(
        question.text,
        of_verified(found, question.pasted, answers[0] if answers else None, count),
        answers=answers,
        nearest=nearest,
        verdict=said(found) if question.claim else None,
        verification=found.verification,
        diff=found.diff,
    )


def flag_asked(topic: str) -> FlagKind | None:
    """Return the property of articles that the topic names."""
    asked = words(topic)
    for kind, named in ((FlagKind.SPONSORED, _SPONSORED), (FlagKind.OPINION, _OPINION)):
        if any(w in named or (len(w) >= _LONG and _slip(w, named)) for w in asked):
            return kind
    return None


def _slip(word: str, named: Iterable[str]) -> bool:
    return any(OSA.distance(word, n, score_cutoff=1) <= 1 for n in named)


def flagged(answers: tuple[Answer, ...], count: int) -> Reply:
    """Return the articles, of `count`, that say it of themselves."""
    if not answers:
        return Reply("", Phrase("search.nothing", {"articles": count}))
    articles = len({a.article_id for a in answers})
    return Reply("", Phrase("search.found", {"answers": len(answers), "articles": articles}), answers=answers)


def silent(plan: Plan, spoke: Collection[str], directory: Directory, count: int) -> Reply:
    """Return who is quoted under a name, but not on the topic, of which those who `spoke` are."""
    speakers, names = directory.beside(spoke, _LISTED)
    values = {"topic": plan.question.topic, "speakers": speakers, "articles": count}
    said_first = Phrase("search.who_not", values)
    section = Section(None, tuple(names))
    return Reply(plan.question.text, said_first, notes=_notes(plan), sections=(section,))


def _choices(plan: Plan) -> tuple[str, ...]:
    speakers = plan.speakers
    if speakers is None or not speakers.several:
        return ()
    about = f" about {plan.question.topic}" if plan.question.topic else ""
    return tuple(f"quotes by {name}{about}" for name in speakers.names[:_CHOICES])


def _cut(answers: Sequence[Answer | Further], *, more: bool) -> tuple[Phrase, ...]:
    """Say that the counts are of the best answers only, where there are more."""
    return (Phrase("search.best_only", {"shown": len(answers)}),) if more else ()


def _undated(plan: Plan, shown: Sequence[Answer]) -> tuple[Phrase, ...]:
    """Say of how many articles it isn't known whether they are of the days asked for."""
    found = {a.article_id for a in shown if a.published is None} if plan.question.days else set()
    return (Phrase("search.undated", {"count": len(found)}),) if found else ()


def _notes(plan: Plan) -> tuple[Phrase, ...]:
    notes = []
    if plan.speakers and plan.speakers.several:
        notes.append(Phrase("search.ambiguous", {"name": plan.question.speaker}))
    for group in plan.groups:
        if group.corrected:
            notes.append(Phrase("search.corrected", {"used": group.corrected, "typed": group.typed}))
    if days := plan.question.days:
        notes.append(Phrase(_days_key(days), {"start": days.first, "end": days.last}))
    return tuple(notes)


def _days_key(days: Days) -> str:
    if days.first and days.last:
        return "search.day" if days.first == days.last else "search.between"
    return "search.since" if days.first else "search.until"


__all__ = ["flag_asked", "flagged", "reply", "silent", "verified"]
