"""How a question was understood, in sentences: what is asked, who is meant, which words count; pure."""

from __future__ import annotations

from bot.models import Phrase
from bot.search.plan import Plan
from bot.search.topics import Group

_SHOWN = 4  # other words for one thing


def understood(plan: Plan) -> tuple[Phrase, ...]:
    """Return what `msc ask --explain` says of the question, before the answers explain themselves."""
    found = [Phrase(f"understood.{plan.intent.value}")]
    if plan.speakers is not None:
        names = (*plan.speakers.names, *plan.speakers.known)
        key = "understood.speaker" if names else "understood.no_speaker"
        found.append(Phrase(key, {"typed": plan.question.speaker, "names": names}))
    return (*found, *(_words(group) for group in plan.groups))


def _words(group: Group) -> Phrase:
    if not group.known:
        return Phrase("understood.absent", {"typed": group.typed})
    others = [" ".join(a.tokens) for a in group.alternatives if " ".join(a.tokens) != group.typed]
    values = {"typed": group.typed, "weight": round(group.weight, 1), "others": tuple(others[:_SHOWN])}
    return Phrase("understood.words" if others else "understood.word", values)
