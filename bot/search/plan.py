"""A question against one workspace: which reading holds, who is meant, what is looked for; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce

from bot.models import EntityKind
from bot.normalise import fold, words
from bot.search._speakers import Speakers
from bot.search._verbs import PLAIN, SAYING, inflected
from bot.search._words import DOCUMENTS, DROPPED
from bot.search.people import Directory
from bot.search.question import Intent, Question
from bot.search.topics import Group, Topics

_AND = re.compile(r"\s*(?:,| and | or | & |/| vs\.? | versus )\s*", re.I)
_SPOKEN = frozenset(form for lemma in SAYING.split() for form in inflected(lemma))
_VERSUS = re.compile(r"\b(?:vs\.?|versus)(?:\s|$)", re.I)
_LONGEST_NAME = 6  # words: the head of the German government
_MEANING = frozenset({"mean", "means", "meant", "indicate", "describe", "refer"})
_SOURCES = frozenset({"source", "sources", "insider", "insiders"})
_SOMEBODY = frozenset({EntityKind.PERSON, EntityKind.ANONYMOUS, None})  # None: only the file knows them
_MOST = 0.65
_NEARLY_ALL = 0.9
_FEW = 3
_LONG = 6  # words: a longer text may be a stretch of a quotation, whatever it looks like
_SHORT = 5  # words of a free search that may be a name and a topic; more are a remembered stretch
_NOBODY = frozenset(
    {
        "they",
        "people",
        "everyone",
        "everybody",
        "anyone",
        "anybody",
        "someone",
        "he",
        "she",
        "it",
        "we",
        "you",
    }
    | {"i", "them", "who", "all", "everyone else", "anyone else", "there", "the speakers", "the articles"}
    | {"the article", "the press", "the papers"}
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to look for: the reading that holds, its speakers (None: anybody), its groups of topic words.

    `otherwise` is the plan to follow when this one finds nothing; `least` is the share of the words that a
    passage must then hold, so that no weak match takes the place of what was asked. `setting` is what its
    article must tell of; `document` what spoke, where no name is known for it: the report.
    """

    question: Question
    speakers: Speakers | None
    groups: tuple[Group, ...]
    otherwise: Plan | None = None
    least: float = 0.0
    setting: tuple[Group, ...] = ()
    document: str = ""

    @property
    def intent(self) -> Intent:
        """Return what the reader wants to know."""
        return self.question.intent


def decide(readings: Sequence[Question], directory: Directory, topics: Topics) -> Plan:
    """Return the plan of the first reading that holds against what the workspace knows."""
    for reading in _heard_first(readings, directory)[:-1]:
        if plan := _dated(reading, directory, topics):
            free = readings[-1]
            if _VERSUS.search(reading.speaker):  # America vs. Europe on trade
                return _or(plan, Plan(replace(reading, intent=Intent.SIDES, speaker=""), None, plan.groups))
            if (done := _done(plan, topics)) is not None:
                plan = _or(plan, done)
            if reading.tentative and plan.groups and not _surely(plan, directory):
                return _or(plan, _freely(plan, free, directory, topics))
            other = (_of_document(plan), _without_form(plan, free, topics))
            return reduce(_or, filter(None, other), plan)
    return _free(readings[-1], directory, topics)


def _surely(plan: Plan, directory: Directory) -> bool:
    """Say whether somebody is asked for by name: Holm on ferries is what Holm says, or nothing."""
    speakers = plan.speakers
    if plan.intent is not Intent.SAID or speakers is None or speakers.otherwise:
        return False
    if len(plan.question.text.split()) > _LONG:
        return False
    return any(directory.kind(n) in _SOMEBODY for n in (*speakers.names, *speakers.known))


def _freely(plan: Plan, free: Question, directory: Directory, topics: Topics) -> Plan:
    """Words that may be no speaker and topic: all of a few must be there, of a group's and its topic most."""
    if plan.speakers is None or len(plan.groups) > _FEW:
        return Plan(free, None, topics.groups(free.topic))
    grouped = all(directory.kind(n) == EntityKind.GROUP for n in plan.speakers.heard)
    groups = topics.groups(f"{plan.question.speaker} {plan.question.topic}")
    return Plan(free, None, groups, least=_MOST if grouped else _NEARLY_ALL)


def _heard_first(readings: Sequence[Question], directory: Directory) -> Sequence[Question]:
    """Put a reading with a known speaker before one where a word was taken for a slip: boats, not boasts."""
    first, *others = readings
    if len(others) < 2 or not first.speaker or first.tentative or who(first.speaker, directory):
        return readings
    alike = [r for r in others[:-1] if r.intent is first.intent and r.speaker]
    heard = next((r for r in alike if who(r.speaker, directory)), None)
    return [heard, *(r for r in readings if r is not heard)] if heard else readings


def _without_form(plan: Plan, free: Question, topics: Topics) -> Plan | None:
    """Nobody agreed or disagreed, or a thing was taken for a speaker: what the articles say in those words.

    who welcomed Colby at the airport; what does the report say about Moscow.
    """
    asked = plan.question
    if plan.intent is Intent.STANCE and asked.topic:
        if any(not g.known for g in topics.groups(asked.verb)):
            return None
        return Plan(
            replace(asked, intent=Intent.FACT),
            None,
            topics.groups(f"{asked.verb} {asked.topic}"),
            least=_MOST,
        )
    if plan.intent is Intent.SAID and not plan.speakers and asked.verb in _MEANING and not asked.topic:
        meant = replace(asked, intent=Intent.FACT, speaker="", topic=asked.speaker, wants="definition")
        return Plan(meant, None, topics.groups(asked.speaker))
    if (
        plan.intent is Intent.SAID
        and plan.speakers
        and not plan.speakers.names
        and asked.verb
        and fold(asked.verb) not in PLAIN
        and not asked.topic
    ):
        told = replace(asked, intent=Intent.FACT, speaker="", topic=f"{asked.speaker} {asked.verb}")
        groups = topics.groups(told.topic)
        return Plan(told, None, groups, least=_NEARLY_ALL) if len(groups) > 1 else None
    if plan.intent is Intent.SAID and plan.speakers is not None and not plan.speakers and asked.topic:
        return Plan(free, None, topics.groups(f"{asked.speaker} {asked.topic}"), least=_NEARLY_ALL)
    return None


def _done(plan: Plan, topics: Topics) -> Plan | None:
    """What somebody did may be told by the article: what clause did the alliance invoke."""
    asked = plan.question
    if plan.intent is not Intent.SAID or not plan.speakers or not asked.topic or not asked.verb:
        return None
    verb = topics.groups(asked.verb)
    told = replace(asked, intent=Intent.FACT, speaker="", topic=f"{asked.speaker} {asked.verb} {asked.topic}")
    if fold(asked.verb) in _SPOKEN or not verb or not verb[0].known:
        return None
    return Plan(told, None, topics.groups(told.topic), least=_NEARLY_ALL)


def _of_document(plan: Plan) -> Plan | None:
    """What does the report say: what is said by whoever an article calls so."""
    document = _document(plan.question.speaker)
    if plan.intent is not Intent.SAID or plan.speakers or not document:
        return None
    return replace(plan, speakers=None, document=document)


def _as_document(typed: str, speakers: Speakers) -> Speakers:
    """A report is none of the reporters."""
    document = _document(typed)
    called = tuple(n for n in speakers.names if document in words(n))
    return replace(speakers, names=called, otherwise=None) if document else speakers


def _document(typed: str) -> str:
    bare = set(words(typed)) - DROPPED
    return bare.pop() if len(bare) == 1 and bare <= DOCUMENTS else ""


def _or(plan: Plan, last: Plan) -> Plan:
    """Return the plan with another one to follow after all that it has."""
    return replace(plan, otherwise=_or(plan.otherwise, last) if plan.otherwise else last)


def _dated(reading: Question, directory: Directory, topics: Topics) -> Plan | None:
    """Days choose articles, or tell when it happened: who met whom in July; did she say it opens on Monday.

    Of a claim they are a part first, and of a fact only where no article of those days has it.
    """
    plan = _plan(reading, directory, topics)
    if plan is None or reading.days is None or not (reading.claim or reading.intent is Intent.FACT):
        return plan
    told = replace(reading, topic=f"{reading.topic} {reading.when}", days=None, when="")
    happened = _plan(told, directory, topics)
    if happened is None:
        return plan
    return _or(happened, plan) if reading.claim else _or(plan, replace(happened, least=_MOST))


def _plan(reading: Question, directory: Directory, topics: Topics) -> Plan | None:
    if reading.either:
        return _either(reading, directory, topics)
    if reading.wants == "definition" and reading.person:
        return _described(reading, directory, topics)
    if not reading.speaker:
        return Plan(reading, None, topics.either(reading.topic))
    if fold(reading.speaker).strip() in _NOBODY:
        wanted = Intent.WHO_SAID if reading.claim else Intent.MENTION
        return Plan(replace(reading, intent=wanted, speaker=""), None, topics.either(reading.topic))
    speakers = _as_document(reading.speaker, who(reading.speaker, directory))
    if reading.tentative and not _holds(reading, speakers, directory):
        return None
    if not speakers and len(reading.speaker.split()) > _LONGEST_NAME:  # a remembered stretch, no question
        return None
    setting = topics.groups(reading.setting) if reading.setting else ()
    groups = topics.groups(reading.topic) if reading.claim else topics.either(reading.topic)
    plan = Plan(reading, speakers, groups, setting=setting)
    return replace(plan, otherwise=replace(plan, speakers=speakers.otherwise)) if speakers.otherwise else plan


def _holds(reading: Question, speakers: Speakers, directory: Directory) -> bool:
    """Say whether a form that needs a known speaker has one; a long stretch before a verb is no name."""
    if not speakers or len(reading.speaker.split()) > _LONGEST_NAME:
        return False
    if reading.quoted and not speakers.names:  # the threat from Russia
        return False
    kinds = {directory.kind(n) for n in (*speakers.names, *speakers.known)}
    return not reading.person or bool(kinds & {EntityKind.PERSON, EntityKind.ANONYMOUS, None})


def who(typed: str, directory: Directory) -> Speakers:
    """Return whom the words mean; several names joined by "and" when they are nobody as a whole."""
    found = directory.find(typed) or _unnamed(typed, directory)
    parts = [p for p in _AND.split(typed) if p]
    if found or len(parts) < 2:
        return found
    each = [directory.find(p) for p in parts]
    if not all(each):
        return found
    names = tuple(dict.fromkeys(n for f in each for n in f.names))
    return Speakers(names, tuple(dict.fromkeys(n for f in each for n in f.known)), exact=True)


def _unnamed(typed: str, directory: Directory) -> Speakers:
    """Whoever spoke without a name: sources at NATO, an anonymous source."""
    asked = set(words(typed))
    if not asked & _SOURCES:
        return Speakers()
    rest = asked - _SOURCES - DROPPED
    names = tuple(n for n in directory.quoted(EntityKind.ANONYMOUS) if rest <= set(words(n)))
    return Speakers(names, by_role=True, words=typed)


def _either(reading: Question, directory: Directory, topics: Topics) -> Plan:
    """quotes X: by X when X is somebody, else about X."""
    speakers = directory.find(reading.either)
    if speakers:
        return Plan(replace(reading, speaker=reading.either, either=""), speakers, ())
    asked = replace(reading, intent=Intent.MENTION, topic=reading.either, either="", about=True)
    return Plan(asked, None, topics.groups(reading.either))


def _described(reading: Question, directory: Directory, topics: Topics) -> Plan:
    """who is the NATO chief: what the articles say of the one who holds the office, else of those words."""
    plan = Plan(reading, None, topics.groups(reading.topic))
    holder = directory.find(reading.topic)
    if not holder.by_role or len(holder.names) != 1:
        return plan
    name = holder.names[0]
    return _or(Plan(replace(reading, topic=name), None, topics.groups(name)), plan)


def _free(reading: Question, directory: Directory, topics: Topics) -> Plan:
    """Words without a form: somebody's name alone, a name with a topic, or a topic."""
    if speakers := directory.find(reading.topic):
        return Plan(replace(reading, intent=Intent.SAID, speaker=reading.topic, topic=""), speakers, ())
    free = Plan(reading, None, topics.groups(reading.topic))
    whole = replace(free, least=_NEARLY_ALL)
    typed = reading.topic.split()
    for size in (3, 2, 1) if len(typed) <= _SHORT else ():
        for name, rest in ((typed[:size], typed[size:]), (typed[-size:], typed[:-size])):
            speakers = directory.find(" ".join(name), by_role=size > 1)
            if rest and speakers.names and directory.kind(speakers.names[0]) == EntityKind.PERSON:
                asked = replace(reading, intent=Intent.SAID, speaker=" ".join(name), topic=" ".join(rest))
                return Plan(asked, speakers, topics.groups(asked.topic), otherwise=whole)
    return free
