"""How much of a question a passage must hold: a share of the weight, and of a few things which; pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.normalise import token
from bot.search._words import FAINT
from bot.search.plan import Plan
from bot.search.question import Intent
from bot.search.rank import Ranked

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
PAIR = 2
FEW = 3
BOTH = 0.6  # of the weight of two things


def heavy_of(plan: Plan) -> list[int]:
    """Return which of the groups say something of the subject."""
    return [n for n, g in enumerate(plan.groups) if token(g.typed) not in FAINT]


def reaches(r: Ranked, plan: Plan, _: int) -> bool:
    return not plan.groups or r.reach >= max(_ENOUGH[plan.intent], plan.least)


def there(plan: Plan, heavy: Sequence[int], verbs: Collection[str]) -> bool:
    """Say whether the corpus has each thing asked for; one of the `verbs` may be put in other words."""
    return all(plan.groups[n].known or plan.groups[n].typed in verbs for n in heavy)


def tells(r: Ranked, plan: Plan, heavy: Sequence[int], few: int) -> bool:
    """Of a few things asked for, the one that tells most must be there, or most of the others."""
    telling = max(((plan.groups[n].weight, n) for n in heavy), default=(0.0, 0))[1]
    return len(heavy) not in range(PAIR, few + 1) or telling in r.touched or r.reach >= BOTH
