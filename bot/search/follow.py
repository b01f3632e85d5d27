"""A follow-up in a conversation → a complete question: "and Kallas?" after "who mentioned Greenland".

Pure. Only what leans on something before it is completed ("and …", "what about …", a bare pronoun); anything
that stands by itself is a new question and keeps its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from bot.search.question import Intent, Question, readings

_LEANING = re.compile(
    r"^\s*(?:and\s+(?=what about|how about))?(?:(?:and|but|also|or|what about|how about|same for)\b[\s,:]*)"
    r"(?P<rest>.+?)[\s?.!]*$",
    re.I,
)
_TOPIC = re.compile(r"^(?:about|on|of|regarding|concerning)\s+(?P<topic>.+)$", re.I)
_PRONOUN = re.compile(r"\b(?:he|she|they|him|her|them)\b", re.I)


def completed(previous: str, said: str, today: date, is_speaker: Callable[[str], bool]) -> str:
    """Return the complete question that `said` asks after `previous`; `said` itself when it needs no help.

    `is_speaker` says whether words mean somebody whom the articles quote.
    """
    before = _reading(previous, today, is_speaker)
    if before is None:
        return said
    leaning = _LEANING.match(said)
    if leaning is None:
        return _with_person(before, said)
    rest = leaning["rest"]
    if (asked := readings(rest, today)[0]).intent is not Intent.FREE:
        return _with_topic(before, asked, rest)
    if topic := _TOPIC.match(rest):
        return _about(before, topic["topic"])
    return _by(before, rest) if is_speaker(rest) else _about(before, rest)


def _reading(previous: str, today: date, is_speaker: Callable[[str], bool]) -> Question | None:
    """Return the previous question with speaker and topic told apart; None where it has neither."""
    asked = readings(previous, today)[0]
    if asked.intent is Intent.VERIFY:
        return None
    words = asked.either or (asked.topic if asked.intent is Intent.FREE else "")
    if words and not asked.speaker:
        as_speaker = is_speaker(words)
        return Question(
            previous, asked.intent, speaker=words if as_speaker else "", topic="" if as_speaker else words
        )
    return asked if asked.speaker or asked.topic else None


def _by(before: Question, speaker: str) -> str:
    if before.claim:
        return f"did {speaker} say {before.topic}"
    return f"what did {speaker} say about {before.topic}" if before.topic else f"quotes {speaker}"


def _about(before: Question, topic: str) -> str:
    if before.speaker:
        return f"what did {before.speaker} say about {topic}"
    return f"facts {topic}" if before.intent is Intent.FACT else f"who mentioned {topic}"


def _with_topic(before: Question, asked: Question, rest: str) -> str:
    """A whole question that names a speaker but no topic keeps the topic before it."""
    named = asked.speaker or asked.either
    return _by(before, named) if named and not asked.topic and before.topic else rest


def _with_person(before: Question, said: str) -> str:
    """Put the speaker before it in the place of a pronoun."""
    return _PRONOUN.sub(lambda _: before.speaker, said, count=1) if before.speaker else said
