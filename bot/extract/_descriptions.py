"""Speakers that are described rather than named: "the U.S. president", "a senior official", "a Kiel study".

A description means a named person when the article or the file of people gives that person the role;
a short one ("the official") means the latest longer one with the same noun; a generic document speaks for
the body or the person behind it.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from bot.extract._people import ArticlePerson, People
from bot.extract._words import word_list
from bot.models import EntityKind, Person, Term
from bot.normalise import words
from bot.reference import Reference

_LEADING = re.compile(
    r"^(?:(?:the|a|an|this|that|these|those|some|many|most|several|few|other|various|another|all|one|two|three|"
    r"his|her|their|its|our|my|top|\d[\d,.]*)\s+)+(?=\S)",
    re.I,
)
_OWNER = re.compile(r"^.*?[’']s?\s+(?:new\s+|latest\s+|recent\s+)*(?=[A-ZÀ-Þ]|\d{4}\s)")
_GENERIC = frozenset({"of", "for", "the", "a", "an", "to", "in", "at", "and", "s"})
_BODIES = {"ORG", "GPE", "NORP", "FAC"}


def entity_text(token: Token) -> str:
    """Return the whole name of the entity that a token stands in."""
    first = last = token.i
    doc = token.doc
    while first > 0 and doc[first].ent_iob_ == "I":
        first -= 1
    while last + 1 < len(doc) and doc[last + 1].ent_iob_ == "I":
        last += 1
    return str(doc[first : last + 1].text)


def stripped(text: str) -> str:
    """Return a description without article, quantifier and possessive ending."""
    plain = " ".join(text.split()).strip(' ,;:“”"‘')
    plain = re.sub(r"(?:[’']s|[’'])$", "", plain)
    rest = _LEADING.sub("", plain)
    return rest if rest and not rest.lower().startswith("of ") else plain


def titled(text: str) -> str:
    """Return a document's title without its owner ("the ministry's 2026 Harbour Plan" → "Harbour Plan")."""
    rest = re.sub(r"^(?:[a-z]+\s+)+(?=[A-ZÀ-Þ])", "", _OWNER.sub("", stripped(text)))
    words_ = rest.split()
    return (
        rest
        if len(words_) > 1 and (words_[0][:1].isupper() or words_[0].isdigit()) and words_[-1][:1].isupper()
        else stripped(text)
    )


def body_of(document: Token) -> Token | None:
    """Return the body behind a generic document: "a Kiel study", "a report by the Kiel Institute"."""
    if document.lemma_.lower() not in word_list("generic_documents.txt"):
        return None
    inside = [
        t for t in document.lefts if t.dep_ in {"compound", "nmod", "amod", "poss"} and t.ent_type_ in _BODIES
    ]
    if inside:
        return inside[-1]
    for token in document.subtree:
        if token.i > document.i and token.dep_ == "prep" and token.lower_ in {"by", "from", "of"}:
            found = next((c for c in token.children if c.dep_ == "pobj" and c.ent_type_ in _BODIES), None)
            if found is not None:
                return found
    return None


def owner_of(document: Token) -> Token | None:
    """Return whose words a document is: "Okafor's comments", "her statement"."""
    if document.lemma_.lower() not in word_list("generic_documents.txt"):
        return None
    return next((c for c in document.children if c.dep_ == "poss"), None)


class Holders:
    """Who holds the roles that an article, or the file of people, speaks of."""

    def __init__(self, people: People, reference: Reference) -> None:
        self._places = _demonyms(reference.terms)
        self._named = [(i, self._keys(p)) for i, p in enumerate(people.people)]
        self._filed = [(p, [self._key(r) for r in p.roles]) for p in reference.people]

    def named(self, description: str) -> int | None:
        """Return the article's person who alone holds the role described."""
        wanted = self._key(description)
        fits = [i for i, keys in self._named if any(wanted <= key for key in keys)] if wanted else []
        return fits[0] if len(fits) == 1 else None

    def filed(self, description: str) -> Person | None:
        """Return the person of the file who alone holds exactly the role described."""
        wanted = self._key(description)
        fits = [p for p, keys in self._filed if wanted and wanted in keys]
        return fits[0] if len(fits) == 1 else None

    def bearer(self, surname: str) -> str | None:
        """Return the only person of the file with a surname, in small letters."""
        fits = {
            p.name for p, _ in self._filed if p.kind is EntityKind.PERSON and words(p.name)[-1:] == [surname]
        }
        return fits.pop() if len(fits) == 1 else None

    def _keys(self, person: ArticlePerson) -> list[frozenset[str]]:
        roles = [*person.roles, *(person.known.roles if person.known is not None else ())]
        return [self._key(role) for role in roles]

    def _key(self, role: str) -> frozenset[str]:
        return frozenset(self._places.get(w, w) for w in words(role) if w not in _GENERIC)


def _demonyms(terms: tuple[Term, ...]) -> dict[str, str]:
    """Return one word for each way to name a country ("german", "germany's" → "germany")."""
    places = {"u": "us", "american": "us", "america": "us", "eu": "europe", "british": "uk", "britain": "uk"}
    for term in terms:
        name = words(term.name)
        for form in (*term.demonyms, *term.abbreviations):
            forms = words(form)
            if len(forms) == 1 and len(name) == 1:
                places.setdefault(forms[0], name[0])
    return places
