"""From a speaker's phrase to the speaker: a person, a group, an institution, a document, somebody unnamed.

Speakers are resolved in reading order, because "he", "the official" and "it" look back. A speaker is left
open rather than guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from spacy.tokens import Token

from bot.extract._descriptions import Holders, body_of, entity_text, owner_of, stripped, titled
from bot.extract._drafts import Draft, noun_phrase
from bot.extract._kinds import kind_of
from bot.extract._marks import Region
from bot.extract._nlp import Parsed
from bot.extract._people import People
from bot.extract._pronouns import agreement, antecedent
from bot.models import EntityKind, Span

_REMEMBERED = 100  # earlier speakers that a description may take up
_STOPS = re.compile(r"[.!?][”\"’']*\s")
_HE_SHE = {"he", "she", "him", "her", "his", "hers", "himself", "herself"}
_FIRST = {"i", "we", "you", "me", "us", "my", "our", "your", "myself"}
_RELATIVE = {"who", "that", "which", "whom", "whose"}


@dataclass(frozen=True, slots=True)
class Speaker:
    """A resolved speaker: canonical name, what it is, why; `person` indexes the article's people."""

    name: str | None
    kind: EntityKind | None
    reason: str
    person: int | None = None
    role: str | None = None


OPEN = Speaker(None, None, "left open")


class Resolver:
    """Resolves the speakers of one article in reading order; remembers who spoke last."""

    def __init__(self, parsed: Parsed, people: People, marked: list[Region], holders: Holders) -> None:
        self.text = parsed.article.text
        self.parsed = parsed
        self.people = people
        self.hidden = [(r.outer.start, r.outer.end) for r in marked]
        self.agree = agreement(self.text, people)
        self.holders = holders
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
            found = self._he_or_she(word, span.start)
            return found if found.name is not None else self._unknown_name(source, paragraph)
        if word in _RELATIVE:
            return self._relative(source, paragraph)
        if word in _FIRST:
            return Speaker(None, None, "first person")
        if word in {"they", "them", "their"}:
            return self._thing(span.start, {EntityKind.GROUP, EntityKind.INSTITUTION}, paragraph, source)
        if word in {"it", "its"}:
            return self._thing(span.start, {EntityKind.INSTITUTION, EntityKind.DOCUMENT}, paragraph, source)
        named = self._named(source, paragraph, span)
        return named if named is not None else self._described(source, paragraph, span)

    def _he_or_she(self, word: str, position: int) -> Speaker:
        person = antecedent(self.text, word, position, self.people, self.agree, self.hidden, self.last)
        unnamed = self._unnamed(position, person)
        return unnamed if unnamed is not None else self._person(person, "pronoun")

    def _unknown_name(self, pronoun: Token, paragraph: int) -> Speaker:
        """Return the subject before a pronoun that means nobody known: a name the model did not see."""
        head = _subject_before(pronoun)
        if head is None or head.pos_ != "PROPN" or head.ent_type_ in {"GPE", "NORP", "DATE"}:
            return OPEN
        found = self._phrase(head, paragraph)
        return OPEN if found.name is None else Speaker(found.name, EntityKind.PERSON, "pronoun", found.person)

    def _unnamed(self, position: int, person: int | None) -> Speaker | None:
        """Return somebody unnamed who spoke just before, with no subject's name in between."""
        if not self.things or self.things[-1][1].kind is not EntityKind.ANONYMOUS:
            return None
        start, speaker, head = self.things[-1]
        if not any(c.lower_ in {"a", "an", "one", "another"} for c in head.children):
            return None  # "the candidate" is somebody with a name
        between = self.people.within(Span(start, position))
        if len(_STOPS.findall(self.text, start, position)) > 2 or any(m.subject for m in between):
            return None
        return replace(speaker, reason="pronoun") if person is None or not between else None

    def _person(self, person: int | None, reason: str) -> Speaker:
        if person is None:
            return OPEN
        found = self.people.people[person]
        return Speaker(found.canonical, EntityKind.PERSON, reason, person, found.role)

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
        """Return the person named by the phrase's head or by an apposition to it, or both of two."""
        found = self._person_at(source, paragraph)
        if found is None:
            appositions = (self._person_at(c, paragraph) for c in source.children if c.dep_ == "appos")
            person = next((p for p in appositions if p is not None), None)
            return None if person is None else self._person(person, "apposition")
        others = [self._person_at(c, paragraph) for c in source.children if c.dep_ == "conj"]
        names = [self.people.people[p].canonical for p in (found, *others) if p is not None]
        if len(set(names)) > 1:
            return Speaker(" and ".join(names), EntityKind.GROUP, "several names")
        return self._person(found, "name")

    def _person_at(self, head: Token, paragraph: int) -> int | None:
        position = self.parsed.paragraphs[paragraph].start + head.idx
        for mention in self.people.within(Span(position - 60, position + 1)):
            if mention.span.end > position:
                return mention.person
        return None

    def _described(self, source: Token, paragraph: int, span: Span) -> Speaker:
        printed = span.of(self.text)
        owner, body = owner_of(source), body_of(source)
        if owner is not None:
            owned = self._phrase(owner, paragraph)
            if owned.name is not None:
                return replace(owned, reason="whose words they are")
        if body is not None:
            return Speaker(self._body(body), EntityKind.INSTITUTION, "body behind a document")
        kind = kind_of(source)
        if kind is None or not stripped(printed) or self.parsed.paragraphs[paragraph].heading:
            small = self._lowered(source)
            if kind is None or not stripped(printed) or small.name is not None:
                return small
        if kind is EntityKind.ANONYMOUS:
            return self._somebody(source, stripped(printed))
        name = titled(printed) if kind is EntityKind.DOCUMENT else stripped(printed)
        fuller = next(
            (s for _, s, _ in reversed(self.things[-_REMEMBERED:]) if (s.name or "").endswith(f" {name}")),
            None,
        )
        if fuller is not None and source.pos_ == "PROPN" and fuller.kind is kind and " " not in name:
            return replace(fuller, reason="described before")
        return self._earlier(source, name, kind) or Speaker(name, kind, "own description")

    def _somebody(self, source: Token, name: str) -> Speaker:
        """Return the holder of a role, the earlier somebody that "the official" means, or the description."""
        indefinite = any(c.lower_ in {"a", "an", "another", "one"} for c in source.children)
        holder = None if indefinite else self.holders.named(name)
        if holder is not None:
            return self._person(holder, "role")
        earlier = None if indefinite else self._earlier(source, name, EntityKind.ANONYMOUS)
        return earlier or Speaker(name, EntityKind.ANONYMOUS, "own description")

    def _body(self, body: Token) -> str:
        """Return a body's whole name ("Kiel Institute for the World Economy")."""
        first, last = noun_phrase(body)
        printed = str(body.doc[first : last + 1].text) if body.dep_ == "pobj" else entity_text(body)
        return stripped(printed)

    def _earlier(self, source: Token, name: str, kind: EntityKind) -> Speaker | None:
        """Return the earlier speaker whose fuller description this one takes up ("the official")."""
        if not any(c.lower_ in {"the", "this", "that"} for c in source.children):
            return None
        wanted = set(name.lower().split())
        for _, speaker, head in reversed(self.things[-_REMEMBERED:]):
            if (
                speaker.kind is kind
                and head.lower_ == source.lower_
                and wanted <= set((speaker.name or "").lower().split())
            ):
                return Speaker(speaker.name, kind, "described before")
        return None

    def _lowered(self, source: Token) -> Speaker:
        """Return the person whose surname a headline prints in small letters."""
        if not source.is_alpha or not source.is_lower:
            return OPEN
        fits = [i for i, p in enumerate(self.people.people) if p.name.last == source.lower_]
        if len(fits) == 1:
            return self._person(fits[0], "name in small letters")
        filed = self.holders.bearer(source.lower_)
        return Speaker(filed, EntityKind.PERSON, "name in small letters") if filed is not None else OPEN

    def _thing(self, position: int, kinds: set[EntityKind], paragraph: int, source: Token) -> Speaker:
        """Return what "it" or "they" means: a speaker just before, else the subject before."""
        for start, speaker, _ in reversed(self.things[-_REMEMBERED:]):
            if speaker.kind in kinds:
                if len(_STOPS.findall(self.text, start, position)) <= 2:
                    return replace(speaker, reason="pronoun")
                break
        head = _subject_before(source)
        if head is not None and kind_of(head) in kinds:
            return replace(self._phrase(head, paragraph), reason="pronoun")
        return OPEN


def _subject_before(token: Token) -> Token | None:
    """Return the subject of the sentence before, in the same paragraph."""
    start = token.sent.start
    if start == 0:
        return None
    root = token.doc[start - 1].sent.root
    return next((c for c in root.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
