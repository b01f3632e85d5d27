"""What of a question a passage holds, where a share of its words is not enough; pure, from stored tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.search._words import AMOUNTS, NUMBER_TOKENS
from bot.search.needs import tokens_in
from bot.search.plan import Plan
from bot.search.rank import Ranked
from bot.store.passages import AROUND, BEFORE, CONTENT, SPEAKER, prefix

_MEANT = 0.5
_LIKE = 0.75
_BEFORE, _AFTER, _RIGHT_BEFORE = 5, 6, 2  # words between a number and what it counts
_DIGITS = re.compile(r"\d(?!\d*(?:st|nd|rd|th)$)")  # the 107th floor counts nothing
_SAME = 0.9  # another form of the same thing


def counts(r: Ranked, plan: Plan) -> bool:
    """Say whether the passage has the numbers asked for: who said 40 % is not who said 30 %."""
    numbers = (n for n, g in enumerate(plan.groups) if g.typed.replace("d", "", 1).isdigit())  # 5.5 is 5d5
    return all(n in r.touched for n in numbers)


def told_of(r: Ranked, plan: Plan, number: int) -> bool:
    """Say whether whoever is asked about is named."""
    return all_of(r, plan, [n for n, g in enumerate(plan.groups) if g.actor], number)


def all_of(r: Ranked, plan: Plan, wanted: Sequence[int], number: int) -> bool:
    """Say whether each of the groups `wanted` is named, or by the last word of its name: the conference."""
    before, tokens = prefix(number, r.found.kind), f" {r.found.tokens} "
    last = {n: plan.groups[n].surest.tokens[-1] for n in wanted}
    return all(n in r.touched or f" {before}{CONTENT}{last[n]} " in tokens for n in wanted)


def numbered(r: Ranked, plan: Plan, number: int) -> bool:
    """Say whether a number stands close to what is counted: how many delegates, not how many months."""
    own = tokens_in(r.found, prefix(number, r.found.kind), CONTENT)
    things = [g for g in plan.groups if not g.actor] or plan.groups
    asked = {t for g in things for a in g.alternatives if a.strength >= _LIKE for t in a.tokens}
    places = [n for n, t in enumerate(own) if t in asked]
    counts = [n for n, t in enumerate(own) if t in NUMBER_TOKENS or _DIGITS.search(t)]
    vague = [n for n, t in enumerate(own) if t in AMOUNTS]
    close = any(-_BEFORE <= n - p <= _AFTER for n in counts for p in places)
    return close or any(0 < p - n <= _RIGHT_BEFORE for n in vague for p in places)


def beside_the_name(r: Ranked, plan: Plan, number: int) -> bool:
    """Say whether a thing asked for is more than a part of the speaker's name: NATO, of a NATO official."""
    before, tokens = prefix(number, r.found.kind), set(r.found.tokens.split(" "))

    def told(t: str) -> bool:
        around = before + AROUND + t in tokens and before + SPEAKER + t not in tokens
        return around or before + CONTENT + t in tokens or before + BEFORE + t in tokens

    return any(all(map(told, a.tokens)) for g in plan.groups for a in g.alternatives)


def speaks_of(r: Ranked, plan: Plan, number: int) -> bool:
    """Say whether the one thing asked for is meant: by its words apart, or as what they point to."""
    if len(plan.groups) != 1:
        return False
    if r.own >= _MEANT:  # Moscow, of Russia
        return True
    before, tokens = prefix(number, r.found.kind), f" {r.found.tokens} "
    return any(
        all(any(f" {before}{space}{t} " in tokens for space in (CONTENT, BEFORE)) for t in a.tokens)
        for a in plan.groups[0].alternatives
        if a.strength >= _SAME
    )
