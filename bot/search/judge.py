"""Which of the ranked passages answer, which only come near; pure. No is an answer.

Mention means mention: a topic counts as said where it stands in the speaker's own words. The article's own
voice is kept apart and no speaker is claimed for it. What falls short of a form's measure goes to `nearest`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from bot.irregular import BASE
from bot.models import Polarity
from bot.normalise import token
from bot.search._words import AGREEING_CUES, CHANGING, FAINT
from bot.search.holds import all_of, beside_the_name, counts, numbered, speaks_of, told_of
from bot.search.needs import lacks, undated
from bot.search.plan import Plan
from bot.search.question import Intent
from bot.search.rank import AROUND_STRENGTH, BEFORE_STRENGTH, Ranked
from bot.store.passages import AROUND, CUE, FACT, NARRATION, QUOTE, prefix
from bot.store.retrieval import Found

_ENOUGH = {
    Intent.SAID: 0.45,
    Intent.WHO_SAID: 0.5,
    Intent.WHETHER: 0.3,
    Intent.STANCE: 0.5,
    Intent.SIDES: 0.4,
    Intent.FACT: 0.45,
    Intent.SOURCE: 0.5,
    Intent.FREE: 0.4,
}
_MENTIONED = 0.6
_MANY = 0.5  # of more than three things
_NEAREST = 5
_ASKS = re.compile(r"(?<!when )\bask")
_VOICELESS = frozenset({Intent.FACT, Intent.SOURCE, Intent.FREE, Intent.SIDES})
_LOOSE = frozenset({Intent.FREE, Intent.SIDES, Intent.WHETHER})
_PAIR = 2
_FEW = 3
_HOW_MANY = re.compile(r"\bhow (?:many|few)\b", re.I)
_TIMED = frozenset({"amount", "day"})
_EXACT = _TIMED | {
    "person",
    "place",
    "reason",
    "definition",
    "event",
}  # one thing less makes it another question
_BOTH = 0.6  # of the weight of two things


@dataclass(frozen=True, slots=True)
class Judged:
    """The ranked passages sorted out."""

    answers: tuple[Ranked, ...] = ()
    narration: tuple[Ranked, ...] = ()
    nearest: tuple[Ranked, ...] = ()


def kinds(plan: Plan) -> tuple[str, ...]:
    """Return the kinds of passages that can answer the plan."""
    if plan.intent in {Intent.FACT, Intent.SOURCE, Intent.FREE, Intent.SIDES}:
        return (QUOTE, FACT, NARRATION)
    if plan.intent is Intent.MENTION and plan.speakers is None:
        return (QUOTE, NARRATION)
    if plan.speakers and not plan.speakers.names:  # nobody whom the article quotes, but what a fact rests on
        return (FACT,)
    return (QUOTE,)


def judge(plan: Plan, ranked: Sequence[Ranked], number: int) -> Judged:
    """Return the answers, the narration and the nearest among ranked passages."""
    accepts = _nothing if _asks_for_absent(plan) else _ACCEPTS.get(plan.intent, _reaches)
    if plan.question.about:
        ranked = [r for r in ranked if not _by_the_subject(r, plan)]
    if any([r.found.polarity is Polarity.IS_ASKED for r in ranked]):
        ranked = [_unasked(r) for r in ranked if not _only_asked(r, plan)]
    loose = plan.intent in _LOOSE or not any(c.isdigit() for g in plan.groups for c in g.typed)
    answers = [r for r in ranked if accepts(r, plan, number) and (loose or counts(r, plan))]
    if plan.question.days:  # an article without a date may be of those days
        answers.sort(key=lambda r: undated(r.found, number))
    chosen = {r.found.id for r in answers}
    rest = [r for r in ranked if r.found.id not in chosen and (comes_near(r) or plan.speakers)]
    if plan.intent is Intent.MENTION:
        voice = [r for r in answers if r.found.speaker is None]
        said = [r for r in answers if r.found.speaker is not None]
        return Judged(tuple(said), tuple(voice), tuple(rest[:_NEAREST]))
    return Judged(tuple(_innermost(_best(answers, plan))), (), tuple(rest[:_NEAREST]))


def _asks_for_absent(plan: Plan) -> bool:
    """Say whether a name or term is asked for that no article has; a long free search may do without."""
    absent = any(g.absent for g in plan.groups)
    return absent and (plan.intent not in _LOOSE or len(plan.groups) <= 2)


def _nothing(_: Ranked, __: Plan, ___: int) -> bool:
    return False


def comes_near(r: Ranked) -> bool:
    """Say whether a passage holds a word that was asked, not only one that may stand for it."""
    return r.reach >= 0.4 and (bool(r.matched) or r.reach > AROUND_STRENGTH - 0.05)


def _best(answers: list[Ranked], plan: Plan) -> list[Ranked]:
    """Leave out what is far below the best answer, and of overlapping passages all but the best."""
    kept: list[Ranked] = []
    best = max((r.score for r in answers), default=0.0)
    for r in answers:
        if plan.groups and r.score < best - 0.4:
            continue
        if not any(_overlap(r.found, k.found) for k in kept if k.found.kind != r.found.kind):
            kept.append(r)
    return kept


def _innermost(answers: list[Ranked]) -> list[Ranked]:
    """Of attributions within one another that hold the same words asked for, the inner one goes first."""
    ordered: list[Ranked] = []
    for r in answers:
        outer = [n for n, k in enumerate(ordered) if _within(r, k) and set(k.matched) <= set(r.matched)]
        ordered.insert(outer[0] if outer else len(ordered), r)
    return ordered


def _within(inner: Ranked, outer: Ranked) -> bool:
    if inner.found.kind != QUOTE or outer.found.kind != QUOTE:
        return False
    if inner.found.article_id != outer.found.article_id or inner.found.spans == outer.found.spans:
        return False
    return all(
        any(o.start <= i.start and i.end <= o.end for o in outer.found.spans) for i in inner.found.spans
    )


def _overlap(one: Found, other: Found) -> bool:
    return one.article_id == other.article_id and any(a.overlaps(b) for a in one.spans for b in other.spans)


def _by_the_subject(r: Ranked, plan: Plan) -> bool:
    """quotes about Colby: not what Colby says."""
    return plan.question.about and any(g.person and g.person == r.found.speaker for g in plan.groups)


def _only_asked(r: Ranked, plan: Plan) -> bool:
    """What somebody was asked is nothing that they said; it answers only a question for that."""
    if r.found.polarity is not Polarity.IS_ASKED or _ASKS.search(plan.question.text.lower()):
        return False
    return plan.intent not in _VOICELESS and plan.intent is not Intent.MENTION


def _unasked(r: Ranked) -> Ranked:
    """Show what somebody was asked without a speaker: the words are not theirs."""
    if r.found.polarity is not Polarity.IS_ASKED or r.found.kind != QUOTE:
        return r
    return r._replace(found=r.found._replace(speaker=None, role=None))


def _reaches(r: Ranked, plan: Plan, _: int) -> bool:
    return not plan.groups or r.reach >= max(_ENOUGH[plan.intent], plan.least)


def _states(r: Ranked, plan: Plan, number: int) -> bool:
    """A fact holds what is counted or done, and of two things asked for both."""
    heavy = [n for n, g in enumerate(plan.groups) if token(g.typed) not in FAINT]
    if lacks(r.found, plan.question, number):
        return False
    if plan.question.wants in {"number", "amount", "person"}:
        counted = plan.groups[heavy[0]] if heavy else None
        doubtful = counted is not None and (not counted.known or counted.corrected)
        if doubtful and heavy[0] not in r.matched and not _reworded(plan, heavy, r.reach):
            return False
    if not _exactly(r, plan, heavy, number):
        return False
    few = _FEW if plan.question.wants in _EXACT - {"definition"} else _PAIR
    if len(heavy) <= few and not _there(plan, heavy, CHANGING if plan.question.wants == "amount" else ()):
        return False
    return _tells(r, plan, heavy, _FEW) and _reaches(r, plan, number)


def _exactly(r: Ranked, plan: Plan, heavy: Sequence[int], number: int) -> bool:
    """Say whether all that makes it this very question is there: who, of two things both, and the number."""
    wants = plan.question.wants
    if wants not in _EXACT:
        return True
    if not all_of(r, plan, _needed(plan, heavy, r.reach), number):
        return False
    if len(heavy) == _FEW and r.reach < _BOTH:
        return False
    if _HOW_MANY.search(plan.question.text) and not numbered(r, plan, number):
        return False
    return wants == "person" or told_of(r, plan, number)


def _needed(plan: Plan, heavy: Sequence[int], reach: float) -> Sequence[int]:
    """Return what must be there whatever else is: both of two things, all of an event, what somebody did."""
    wants = plan.question.wants
    if len(heavy) == _PAIR:
        acts = any(plan.groups[n].actor for n in heavy)
        return [n for n in heavy if wants not in _TIMED or (acts and plan.groups[n].typed not in CHANGING)]
    if wants == "event" and len(heavy) == _FEW:
        return heavy
    did = wants == "person" and not _reworded(plan, heavy, reach)
    return [n for n in heavy[:1] if did and not plan.groups[n].actor]


def _reworded(plan: Plan, heavy: Sequence[int], reach: float) -> bool:
    """Say whether so much of a longer question is there that the rest is put in other words."""
    return plan.question.wants == "person" and len(heavy) > _FEW and reach >= _BOTH


def _there(plan: Plan, heavy: Sequence[int], verbs: Collection[str]) -> bool:
    """Say whether the corpus has each thing asked for; one of the `verbs` may be put in other words."""
    return all(plan.groups[n].known or plan.groups[n].typed in verbs for n in heavy)


def _tells(r: Ranked, plan: Plan, heavy: Sequence[int], few: int) -> bool:
    """Of a few things asked for, the one that tells most must be there, or most of the others."""
    telling = max(((plan.groups[n].weight, n) for n in heavy), default=(0.0, 0))[1]
    return len(heavy) not in range(_PAIR, few + 1) or telling in r.touched or r.reach >= _BOTH


def _says(r: Ranked, plan: Plan, number: int) -> bool:
    """Of two things asked for, the one that tells more must be there."""
    heavy = [n for n, g in enumerate(plan.groups) if token(g.typed) not in FAINT]
    if len(heavy) == _PAIR and not _there(plan, heavy, BASE):
        return False
    named = plan.speakers is not None and bool(plan.groups) and not beside_the_name(r, plan, number)
    return not named and _tells(r, plan, heavy, _PAIR) and _reaches(r, plan, number)


def _claims(r: Ranked, plan: Plan, number: int) -> bool:
    """Of a short claim the word that tells most must be there: to leave the alliance is not to be in it."""
    heavy = [n for n, g in enumerate(plan.groups) if token(g.typed) not in FAINT]
    return _tells(r, plan, heavy, _FEW) and _reaches(r, plan, number)


def _frees(r: Ranked, plan: Plan, number: int) -> bool:
    """Of two things the corpus must have both, and the passage the one that tells more."""
    heavy = [n for n, g in enumerate(plan.groups) if token(g.typed) not in FAINT]
    if len(heavy) == _PAIR and not _there(plan, heavy, BASE):
        return False
    return _tells(r, plan, heavy, _PAIR) and _reaches(r, plan, number)


def _mentions(r: Ranked, plan: Plan, _: int) -> bool:
    unknown = [g for g in plan.groups if not g.known and token(g.typed) not in FAINT]
    if unknown and len(plan.groups) - len(unknown) <= 1:
        return False  # hypersonic missiles are not any missiles
    if plan.question.about and r.found.kind == QUOTE:
        return r.reach > BEFORE_STRENGTH
    if len(plan.groups) > _FEW:
        return r.own >= _MANY
    return r.own >= _MENTIONED if len(plan.groups) > 1 else r.own >= 0.75


def _whether(r: Ranked, plan: Plan, number: int) -> bool:
    if plan.question.anything:
        rejects = Polarity.STATES not in plan.question.polarities
        if plan.question.polarities and rejects and r.found.polarity not in plan.question.polarities:
            return False  # who rejects what others agree with is told
        return r.own >= 0.7 or r.reach >= 0.85 or speaks_of(r, plan, number)
    heavy = [n for n, g in enumerate(plan.groups) if token(g.typed) not in FAINT and g.known]
    return _tells(r, plan, heavy, _FEW) and _reaches(r, plan, number)


def _stance(r: Ranked, plan: Plan, number: int) -> bool:
    wanted = plan.question.polarities
    if any(g.person and g.person == r.found.speaker for g in plan.groups):
        return False  # nobody agrees or disagrees with themselves
    if Polarity.STATES in wanted:
        before, tokens = prefix(number, QUOTE), f"{r.found.tokens} "
        stands = any(f"{before}{n}{token(c)} " in tokens for c in AGREEING_CUES for n in (CUE, AROUND))
        stands = stands and f"{before}{AROUND}against " not in tokens
    else:
        stands = r.found.polarity in wanted
    return stands and r.found.kind == QUOTE and _reaches(r, plan, number)


_ACCEPTS: dict[Intent, Callable[[Ranked, Plan, int], bool]] = {
    Intent.MENTION: _mentions,
    Intent.FACT: _states,
    Intent.SAID: _says,
    Intent.WHETHER: _whether,
    Intent.WHO_SAID: _claims,
    Intent.FREE: _frees,
    Intent.STANCE: _stance,
}


def alternating(answers: Sequence[Ranked], names: Sequence[str]) -> tuple[Ranked, ...]:
    """Return the answers with the speakers `names` taking turns, for a question that means several."""
    queues: dict[str | None, list[Ranked]] = {name: [] for name in names}
    for r in answers:
        queues.setdefault(r.found.speaker, []).append(r)
    turns: list[Ranked] = []
    while any(queues.values()):
        turns += [queue.pop(0) for queue in queues.values() if queue]
    return tuple(turns)
