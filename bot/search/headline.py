"""The sentence above the answers: what was found and how much, or that nobody said it; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bot.models import Answer, Further, Phrase, Polarity, QuotationKind, Verification
from bot.normalise import STOP_WORDS, name_key, words
from bot.search._forms import KEYWORDS
from bot.search.plan import Plan
from bot.search.question import Intent
from bot.search.verify import Verified

_AS_SAID = frozenset({Verification.VERBATIM, Verification.REPORTED})
_QUOTED = re.compile(r"[“\"„«‘']([^“”\"„«»]+?)[”\"»’'](?!\w)")
_NAMED = 4  # speakers that a sentence names
_NOBODY = frozenset({Intent.MENTION, Intent.STANCE, Intent.WHO_SAID})
_REJECTS = frozenset({Polarity.REJECTS, Polarity.DENIES})


def headline(
    plan: Plan, answers: Sequence[Answer | Further], narrated: bool, verdict: bool | None, count: int
) -> Phrase:
    """Return the sentence for a plan with its answers among `count` articles."""
    if not answers:
        return _nothing(plan, narrated, count)
    speakers = list({name_key(a.speaker): a.speaker for a in answers if a.speaker}.values())
    values: dict[str, Any] = {
        "topic": plan.question.topic or plan.question.speaker,
        "speaker": tuple(_apart(speakers)[:_NAMED]) or plan.question.speaker,
        "speakers": len(speakers),
        "quotations": len(answers),
        "answers": len(answers),
        "facts": len(answers),
        "articles": len({a.article_id for a in answers}),
    }
    if verdict is not None:
        return _judged(answers, verdict, values, count)
    return Phrase(_key(plan, len(speakers)), values)


def _apart(speakers: Sequence[str]) -> list[str]:
    """Leave out those who speak together with one who is named: Holm, not Holm and Holm and Poulsen."""
    joint = {s for s in speakers for o in speakers if s != o and o in re.split(r", | and ", s)}
    return [s for s in speakers if s not in joint]


def of_verified(found: Verified, pasted: str, answer: Answer | None, count: int) -> Phrase:
    """Return the sentence for pasted words; `answer` is the passage that decides."""
    if answer is None or found.verification is Verification.NOT_FOUND:
        return Phrase("search.verify_not_found", {"articles": count})
    differs = any(d.op != "same" for d in found.diff)
    form = ""
    if found.verification is Verification.OTHER_SPEAKER and differs:
        form = "_nearly"
    elif found.verification in _AS_SAID and _partly_quoted(pasted, answer):
        form = "_partly"
    return Phrase(f"search.verify_{found.verification.value}{form}", {"speaker": answer.speaker or "?"})


def _partly_quoted(pasted: str, answer: Answer) -> bool:
    """Say whether some of these words stand between quotation marks in the article, but not all of them."""
    if answer.quotation_kind is not QuotationKind.MIXED:
        return False
    asked = f" {' '.join(words(pasted))} "
    return not any(asked in f" {' '.join(words(m[1]))} " for m in _QUOTED.finditer(answer.text))


def _judged(answers: Sequence[Answer | Further], verdict: bool, values: dict[str, Any], count: int) -> Phrase:
    if verdict:
        return Phrase("search.did_say", values)
    first = answers[0]
    if isinstance(first, Answer) and first.polarity in _REJECTS:
        return Phrase("search.rejected_it", values)
    return Phrase("search.did_not_say", values | {"articles": count})


def _key(plan: Plan, speakers: int) -> str:
    question = plan.question
    if plan.intent is Intent.MENTION:
        return "search.quotes_about" if question.about else "search.who_mentioned"
    if plan.intent is Intent.WHO_SAID:
        return "search.who_said"
    if plan.intent is Intent.STANCE:
        return "search.who_rejected" if _rejects(plan) else "search.who_agreed"
    if plan.intent is Intent.SAID and speakers:
        many = "_many" if speakers > _NAMED else ""
        return f"search.said_about{many}" if question.topic else f"search.quotes_of{many}"
    return "search.facts_about" if question.wants == "fact" else "search.found"


def _nothing(plan: Plan, narrated: bool, count: int) -> Phrase:
    question = plan.question
    if narrated:
        return Phrase("search.only_narration")
    if not set(words(question.text)) - STOP_WORDS - KEYWORDS:
        return Phrase("search.no_words")
    if plan.speakers is not None:
        return _nothing_by(plan, count)
    if plan.intent in _NOBODY and question.topic:
        return Phrase(_nobody(plan), {"topic": question.topic, "articles": count})
    if plan.intent is Intent.FACT:
        return Phrase("search.no_facts", {"topic": question.topic, "articles": count})
    return Phrase("search.nothing", {"articles": count})


def _nobody(plan: Plan) -> str:
    if plan.intent is not Intent.STANCE:
        return "search.nobody"
    return "search.nobody_rejected" if _rejects(plan) else "search.nobody_agreed"


def _rejects(plan: Plan) -> bool:
    return bool(set(plan.question.polarities) & _REJECTS)


def _nothing_by(plan: Plan, count: int) -> Phrase:
    question = plan.question
    known = (*plan.speakers.names, *plan.speakers.known) if plan.speakers else ()
    values = {"speaker": known[0] if known else question.speaker, "articles": count}
    if not known:
        return Phrase("search.no_speaker", values)
    if plan.intent is Intent.WHETHER:
        return Phrase("search.did_not_say", values)
    if not question.topic:
        return Phrase("search.not_quoted", values)
    return Phrase("search.nothing_by", values | {"topic": question.topic})
