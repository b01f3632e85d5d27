"""What of a question a passage holds, where a share of its words is not enough; pure, from stored tokens."""

from __future__ import annotations

from bot.search.plan import Plan
from bot.search.rank import Ranked
from bot.store.passages import AROUND, BEFORE, CONTENT, SPEAKER, prefix

_MEANT = 0.5
_SAME = 0.9  # another form of the same thing


def counts(r: Ranked, plan: Plan) -> bool:
    """Say whether the passage has the numbers asked for: who said 40 % is not who said 30 %."""
    numbers = (n for n, g in enumerate(plan.groups) if g.typed.replace("d", "", 1).isdigit())  # 5.5 is 5d5
    return all(n in r.touched for n in numbers)


def told_of(r: Ranked, plan: Plan, number: int) -> bool:
    """Say whether whoever is asked about is named, or by the last word of the name: the conference."""
    before, tokens = prefix(number, r.found.kind), f" {r.found.tokens} "
    return all(
        n in r.touched or f" {before}{CONTENT}{g.surest.tokens[-1]} " in tokens
        for n, g in enumerate(plan.groups)
        if g.actor
    )


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
