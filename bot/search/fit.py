"""How well a passage is of the kind that a question asks for: a number, a day, a definition, a cue; pure."""

from __future__ import annotations

from bot.models import Polarity
from bot.normalise import token
from bot.search._verbs import PLAIN
from bot.search._words import CUE_FAMILIES, NUMBER_TOKENS
from bot.search.needs import names_days, tokens_in
from bot.search.plan import Plan
from bot.search.question import Intent
from bot.search.rank import says
from bot.store.passages import CONTENT, CUE, FACT, QUOTE, SPEAKER, TAG, prefix
from bot.store.retrieval import Found

_PLAIN = frozenset(map(token, PLAIN))
_REJECT = token("reject")
_SENTENCE = 5  # content words
_CLOSE = 2  # words between a number and what it counts
# speakers that a report sets against each other
_CAMPS = tuple(token(w) for w in ("others", "speakers", "critics", "proponents", "opponents"))


def asks(plan: Plan) -> bool:
    """Say whether the question asks for a kind of passage at all; most don't."""
    question = plan.question
    special = bool(question.verb or question.wants or question.when) or not plan.groups
    return special or plan.intent in {Intent.SIDES, Intent.FREE, Intent.SOURCE}


def bonus(found: Found, plan: Plan, number: int) -> float:
    """Return what a passage gains for being of the kind that the question asks for."""
    before = prefix(number, found.kind)
    gained = _by_kind(found, plan, before)
    if verb := plan.question.verb:
        gained += _by_verb(token(verb), found, before)
    if not plan.groups:  # a whole sentence tells more than a few words
        gained += 0.02 * (f"{found.tokens} ".count(f"{before}{CONTENT}") >= _SENTENCE)
    if plan.question.when:
        gained += 0.1 * names_days(plan.question.when, found, number)
    if plan.intent is Intent.SIDES:
        gained += 0.1 * _sets_camps(found, before)
    if plan.intent in {Intent.SIDES, Intent.FREE, Intent.SOURCE} and found.kind == QUOTE:
        gained += 0.03
    return gained


def _by_kind(found: Found, plan: Plan, before: str) -> float:
    """Return the gain of a passage that holds what a fact is asked for: a number, a time, what it is."""
    wants = plan.question.wants
    if wants in {"number", "amount", "money", "share"}:
        return 0.2 * _has_number(found, before, plan)
    if wants in {"time", "day", "span"}:
        return 0.15 * max(_has_number(found, before, plan), f"{before}{TAG}dated" in found.tokens)
    if wants == "definition" and plan.groups:
        return 0.2 * _spells_out(found, plan, before) + 0.12 * _begins_with(found, plan, before)
    return 0.0


def _by_verb(verb: str, found: Found, before: str) -> float:
    """Return the gain of a passage whose cue is the verb asked for, or one that means the same."""
    tokens, cue = f" {found.tokens} ", f" {before}{CUE}"
    if verb in _PLAIN:
        return 0.0
    if f"{cue}{verb} " in tokens:
        return 0.1
    alike = {other for family in CUE_FAMILIES if verb in family for other in family}
    rejected = _REJECT in alike and found.polarity in (Polarity.REJECTS, Polarity.DENIES)
    return 0.08 * (rejected or any(f"{cue}{other} " in tokens for other in alike))


def _has_number(found: Found, before: str, plan: Plan) -> float:
    """1 for digits close to what is asked for, more right before it, less for letters and for distance."""
    own = tokens_in(found, before, CONTENT)
    asked = {t for g in plan.groups for a in g.alternatives for t in a.tokens}
    places = [n for n, t in enumerate(own) if t in asked]
    best = 0.0
    for n, t in enumerate(own):
        if t in asked:  # the 5 of Article 5 tells nothing
            continue
        worth = 0.7 if any(c.isdigit() for c in t) else 0.35 if t in NUMBER_TOKENS else 0.0
        if worth and any(abs(n - p) <= _CLOSE for p in places):
            worth += 0.6 if n + 1 in places else 0.3
        best = max(best, worth)
    return best


def _sets_camps(found: Found, before: str) -> float:
    """1 for a camp that speaks (critics, others), a half for one that is spoken of."""
    tokens = f" {found.tokens} "
    if any(f" {before}{SPEAKER}{w} " in tokens for w in _CAMPS):
        return 1.0
    return 0.5 if any(f" {before}{CONTENT}{w} " in tokens for w in _CAMPS) else 0.0


def _spells_out(found: Found, plan: Plan, before: str) -> bool:
    """A passage that gives two forms of one thing explains it: the Requirements List (PURL)."""
    tokens = f" {found.tokens} "
    given = {a.tokens for a in plan.groups[0].alternatives if a.strength >= 0.9 and says(tokens, a, before)}
    return len(given) > 1


def _begins_with(found: Found, plan: Plan, before: str) -> bool:
    """A fact that begins with what is asked for says what it is, or what it did."""
    return found.kind == FACT and any(
        f"{found.tokens} ".startswith(" ".join(f"{before}{CONTENT}{t}" for t in a.tokens) + " ")
        for a in plan.groups[0].alternatives
    )
