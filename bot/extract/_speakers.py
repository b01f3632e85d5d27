"""From a speaker's phrase to the speaker: a person, a group, an institution, a document, somebody unnamed.

Speakers are resolved in reading order, because "he", "the official" and "it" look back. A speaker is left
open rather than guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Token

from bot.extract._drafts import Draft, noun_phrase
from bot.extract._kinds import kind_of
from bot.extract._marks import Region
from bot.extract._nlp import Parsed
from bot.extract._people import People
from bot.extract._pronouns import agreement, antecedent
from bot.models import EntityKind, Span

_HE_SHE = {"he", "she", "him", "her", "his", "hers", "himself", "herself"}
_FIRST = {"i", "we", "you", "me", "us", "my", "our", "your", "myself"}
_RELATIVE = {"who", "that", "which", "whom", "whose"}
_DETERMINERS = re.compile(
    r"^(?:(?:the|a|an|this|that|these|those|some|many|most|several|few|other|various|another|both|all|one|two|three|"
    r"his|her|their|its|our|my)\s+)+",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A resolved speaker: canonical name, what it is, why; `person` indexes the article's people."""

    name: str | None
    kind: EntityKind | None
    reason: str
    person: int | None = None


OPEN = Speaker(None, None, "left open")


class Resolver:
    """Resolves the speakers of one article in reading order; remembers who spoke last."""

    def __init__(self, parsed: Parsed, people: People, marked: list[Region]) -> None:
        self.text = parsed.article.text
        self.parsed = parsed
        self.people = people
        self.hidden = [(r.outer.start, r.outer.end) for r in marked]
        self.agree = agreement(self.text, people)
        self.last: tuple[int, int] | None = None
        self.things: list[tuple[int, Speaker, Token]] = []  # earlier speakers that are no named people

    def resolve(self, draft: Draft) -> Speaker:
        """Return who a draft's phrase stands for, and remember it."""
        if draft.source is None or draft.speaker is None:
            return OPEN
        found = self._resolve(draft.source, draft.paragraph, draft.speaker)
        if found.person is not None:
            self.last = (found.person, draft.speaker.end)
        elif found.name is not None:
            self.things.append((draft.speaker.start, found, draft.source))
        return found

    def _resolve(self, source: Token, paragraph: int, span: Span) -> Speaker:
        word = source.lower_
        if word in _HE_SHE:
            return self._person(
                antecedent(self.text, word, span.start, self.people, self.agree, self.hidden, self.last),
                "pronoun",
            )
        if word in _RELATIVE:
            return self._relative(source, paragraph)
        if word in _FIRST:
            return Speaker(None, None, "first person")
        if word in {"they", "them", "their"}:
            return self._thing(span.start, {EntityKind.GROUP, EntityKind.INSTITUTION}, "pronoun")
        if word in {"it", "its"}:
            return self._thing(span.start, {EntityKind.INSTITUTION, EntityKind.DOCUMENT}, "pronoun")
        named = self._named(source, paragraph, span)
        return named if named is not None else self._described(source, paragraph, span)

    def _person(self, person: int | None, reason: str) -> Speaker:
        if person is None:
            return OPEN
        return Speaker(self.people.people[person].canonical, EntityKind.PERSON, reason, person)

    def _relative(self, source: Token, paragraph: int) -> Speaker:
        clause = source
        while clause.dep_ != "relcl" and clause.head.i != clause.i:
            clause = clause.head
        if clause.dep_ != "relcl":
            return OPEN
        return self._phrase(clause.head, paragraph)

    def _phrase(self, head: Token, paragraph: int) -> Speaker:
        if head.lower_ in _RELATIVE:
            return OPEN
        at, doc = self.parsed.paragraphs[paragraph].start, head.doc
        first, last = noun_phrase(head)
        return self._resolve(head, paragraph, Span(at + doc[first].idx, at + doc[last].idx + len(doc[last])))

    def _named(self, source: Token, paragraph: int, span: Span) -> Speaker | None:
        """Return the person named by the phrase's head or by an apposition to it."""
        at = self.parsed.paragraphs[paragraph].start
        heads = [source, *(c for c in source.children if c.dep_ == "appos")]
        for head in heads:
            position = at + head.idx
            for mention in self.people.within(Span(position - 60, position + 1)):
                if mention.span.end > position:
                    return self._person(mention.person, "name" if head is source else "apposition")
        return None

    def _described(self, source: Token, paragraph: int, span: Span) -> Speaker:
        kind = kind_of(source)
        name = _DETERMINERS.sub("", " ".join(span.of(self.text).split())).strip(" ,.“”\"'’")
        if kind is None or not name:
            return OPEN
        return Speaker(name, kind, "own description")

    def _thing(self, position: int, kinds: set[EntityKind], reason: str) -> Speaker:
        for start, speaker, _ in reversed(self.things):
            if speaker.kind in kinds:
                near = len(re.findall(r"[.!?][”\"’']*\s", self.text[start:position])) <= 2
                return Speaker(speaker.name, speaker.kind, reason) if near else OPEN
        return OPEN
