"""Whether a passage tells the fact that is asked for: what is counted, who did it, when; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.normalise import token
from bot.search._words import CHANGING, FAINT
from bot.search.enough import BOTH, FEW, PAIR, heavy_of, reaches, tells, there
from bot.search.holds import all_of, numbered, told_of
from bot.search.needs import lacks
from bot.search.plan import Plan
from bot.search.rank import Ranked

_HOW_MANY = re.compile(r"\bhow (?:many|few)\b", re.I)
_TIMED = frozenset({"amount", "day"})
_EXACT = _TIMED | {
    "person",
    "place",
    "reason",
    "definition",
    "event",
}  # one thing less makes it another question


def states(r: Ranked, plan: Plan, number: int) -> bool:
    """A fact holds what is counted or done, and of two things asked for both."""
    heavy = heavy_of(plan)
    if lacks(r.found, plan.question, number):
        return False
    if plan.question.wants in {"number", "amount", "person"}:
        counted = plan.groups[heavy[0]] if heavy else None
        doubtful = counted is not None and (not counted.known or counted.corrected)
        if doubtful and heavy[0] not in r.matched and not _reworded(r, plan):
            return False
    if not _exactly(r, plan, heavy, number):
        return False
    few = FEW if plan.question.wants in _EXACT - {"definition"} else PAIR
    changing = CHANGING if plan.question.wants in {"amount", "time"} else ()
    if len(heavy) <= few and not there(plan, heavy, changing):
        return False
    things = [n for n in heavy if not changing or plan.groups[n].typed not in changing]
    return tells(r, plan, things, FEW) and reaches(r, plan, number)


def _exactly(r: Ranked, plan: Plan, heavy: Sequence[int], number: int) -> bool:
    """Say whether all that makes it this very question is there: who, of two things both, and the number."""
    wants = plan.question.wants
    if wants not in _EXACT:
        return True
    if not all_of(r, plan, _needed(r, plan, heavy), number):
        return False
    if len(heavy) == FEW and r.reach < BOTH:
        return False
    if _HOW_MANY.search(plan.question.text) and not numbered(r, plan, number):
        return False
    return wants == "person" or told_of(r, plan, number)


def _needed(r: Ranked, plan: Plan, heavy: Sequence[int]) -> Sequence[int]:
    """Return what must be there whatever else is: both of two things, all of an event, what was done."""
    wants = plan.question.wants
    if len(heavy) == PAIR:
        acts = any(plan.groups[n].actor for n in heavy)
        return [n for n in heavy if wants not in _TIMED or (acts and plan.groups[n].typed not in CHANGING)]
    if wants == "event" and len(heavy) == FEW:
        return heavy
    if wants == "place":
        return heavy[-1:]
    did = wants == "person" and not _reworded(r, plan)
    return [n for n in heavy[:1] if did and not plan.groups[n].actor]


def _reworded(r: Ranked, plan: Plan) -> bool:
    """Say whether so many things of a longer question are said that the rest is put in other words."""
    things = [n for n in r.matched if not plan.groups[n].actor and token(plan.groups[n].typed) not in FAINT]
    return plan.question.wants == "person" and len(things) >= PAIR and r.reach >= BOTH
