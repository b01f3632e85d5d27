"""What a speaker's words leave to the text around them: where they spoke, what was told before; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.normalise import fold, token, words
from bot.search._words import FAINT
from bot.search.plan import Plan
from bot.search.question import Intent
from bot.search.rank import AROUND_STRENGTH, Ranked
from bot.search.topics import Group
from bot.store.passages import tokens_of

_BEFORE = 700  # characters: two or three sentences and a heading
_PLACED = re.compile(r"\b(?:in|at|during) (?P<where>[^,]+?)[\s?.!]*$")
_EVENTS = frozenset(
    map(token, ("conference", "summit", "meeting", "forum", "gathering", "event", "congress"))
)


def apart(plan: Plan) -> Plan | None:
    """Take a place or event that ends the question for where it was said: what did France urge in Munich."""
    asked = plan.question
    where = _PLACED.search(fold(asked.text))
    if plan.intent is not Intent.SAID or not plan.speakers or not plan.groups or where is None:
        return None
    if set(words(asked.topic)) - set(words(where["where"])) - {"in", "at", "during"}:
        return None
    if not all(map(_is_setting, plan.groups)):
        return None
    return Plan(replace(asked, topic="", setting=asked.topic), plan.speakers, (), setting=plan.groups)


def _is_setting(group: Group) -> bool:
    return group.known and (group.actor or any(a.tokens[-1] in _EVENTS for a in group.alternatives))


def told_in(ranked: Iterable[Ranked], setting: Sequence[Group], texts: dict[int, str]) -> list[Ranked]:
    """Return the passages of articles that tell of each thing of the setting."""
    told = {n: frozenset(tokens_of(text)) for n, text in texts.items()}
    return [r for r in ranked if all(_holds(told[r.found.article_id], g) for g in setting)]


def only_alike(name: str, document: str) -> bool:
    """Say whether a name has another word of the same stem: reporters, of a report."""
    return token(document) in tokens_of(name) and document not in words(name)


def leans(plan: Plan) -> bool:
    """Say whether somebody's words on several things are asked for, so that the text before may tell some."""
    return plan.intent is Intent.SAID and bool(plan.speakers) and len(plan.groups) > 1


def leaning(ranked: Iterable[Ranked], plan: Plan, texts: dict[int, str]) -> list[Ranked]:
    """Return the passages with what the sentences before them tell of the rest: reach grows, nothing else.

    The words themselves must hold a thing asked for that is not only somebody or a country.
    """
    total = sum(g.weight for g in plan.groups)
    found = []
    for r in ranked:
        if any(not plan.groups[n].actor and token(plan.groups[n].typed) not in FAINT for n in r.touched):
            start = r.found.sentence.start
            before = frozenset(tokens_of(texts[r.found.article_id][max(0, start - _BEFORE) : start]))
            missing = (g for n, g in enumerate(plan.groups) if n not in r.touched)
            more = AROUND_STRENGTH * sum(g.weight for g in missing if _holds(before, g)) / total
            found.append(r._replace(reach=r.reach + more))
    return found


def _holds(told: frozenset[str], group: Group) -> bool:
    return any(told.issuperset(a.tokens) for a in group.alternatives if a.strength >= AROUND_STRENGTH)
