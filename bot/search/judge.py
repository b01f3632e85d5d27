"""Which of the ranked passages answer, which only come near; pure. No is an answer.

Mention means mention: a topic counts as said where it stands in the speaker's own words. The article's own
voice is kept apart and no speaker is claimed for it. What falls short of a form's measure goes to `nearest`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.irregular import BASE
from bot.models import Polarity
from bot.normalise import token
from bot.search._words import AGREEING_CUES, FAINT
from bot.search.enough import FEW, PAIR, heavy_of, reaches, tells, there
from bot.search.holds import beside_the_name, counts, speaks_of
from bot.search.needs import undated
from bot.search.plan import Plan
from bot.search.question import Intent
from bot.search.rank import AROUND_STRENGTH, BEFORE_STRENGTH, Ranked
from bot.search.stated import states
from bot.store.passages import AROUND, CUE, FACT, NARRATION, QUOTE, prefix
from bot.store.retrieval import Found

_MENTIONED = 0.6
_MANY = 0.5  # of more than three things
_NEAREST = 5
_ASKS = re.compile(r"(?<!when )\bask")
_VOICELESS = frozenset({Intent.FACT, Intent.SOURCE, Intent.FREE, Intent.SIDES})
_LOOSE = frozenset({Intent.FREE, Intent.SIDES, Intent.WHETHER})


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
    accepts = _nothing if _asks_for_absent(plan) else _ACCEPTS.get(plan.intent, reaches)
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


def _says(r: Ranked, plan: Plan, number: int) -> bool:
    """Of two things asked for, the one that tells more must be there."""
    heavy = heavy_of(plan)
    if len(heavy) == PAIR and not there(plan, heavy, BASE):
        return False
    named = plan.speakers is not None and bool(plan.groups) and not beside_the_name(r, plan, number)
    return not named and tells(r, plan, heavy, PAIR) and reaches(r, plan, number)


def _claims(r: Ranked, plan: Plan, number: int) -> bool:
    """Of a short claim the word that tells most must be there: to leave the alliance is not to be in it."""
    heavy = heavy_of(plan)
    if len(heavy) == PAIR and not there(plan, heavy, ()):
        return False
    return tells(r, plan, heavy, FEW) and reaches(r, plan, number)


def _frees(r: Ranked, plan: Plan, number: int) -> bool:
    """Of two things the corpus must have both, and the passage the one that tells more."""
    heavy = heavy_of(plan)
    if len(heavy) == PAIR and not there(plan, heavy, BASE):
        return False
    return tells(r, plan, heavy, PAIR) and reaches(r, plan, number)


def _mentions(r: Ranked, plan: Plan, _: int) -> bool:
    unknown = [g for g in plan.groups if not g.known and token(g.typed) not in FAINT]
    if unknown and len(plan.groups) - len(unknown) <= 1:
        return False  # hypersonic missiles are not any missiles
    if plan.question.about and r.found.kind == QUOTE:
        return r.reach > BEFORE_STRENGTH
    if len(plan.groups) > FEW:
        return r.own >= _MANY
    return r.own >= _MENTIONED if len(plan.groups) > 1 else r.own >= 0.75


def _whether(r: Ranked, plan: Plan, number: int) -> bool:
    if plan.question.anything:
        rejects = Polarity.STATES not in plan.question.polarities
        if plan.question.polarities and rejects and r.found.polarity not in plan.question.polarities:
            return False  # who rejects what others agree with is told
        return r.own >= 0.7 or r.reach >= 0.85 or speaks_of(r, plan, number)
    heavy = [n for n, g in enumerate(plan.groups) if token(g.typed) not in FAINT and g.known]
    return tells(r, plan, heavy, FEW) and reaches(r, plan, number)


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
    heavy = heavy_of(plan)
    known = len(heavy) != PAIR or there(plan, heavy, BASE)
    return stands and known and r.found.kind == QUOTE and reaches(r, plan, number)


_ACCEPTS: dict[Intent, Callable[[Ranked, Plan, int], bool]] = {
    Intent.MENTION: _mentions,
    Intent.FACT: states,
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
