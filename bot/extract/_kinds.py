"""What a speaker's phrase is: person, group, institution, document, unnamed, or mute."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from spacy.tokens import Token

from bot.models import EntityKind

_AGENT = re.compile(r"(?:er|or|ist|ian|eer|man|men|woman|women|person|maker|holder|goer)$")
_ORGANISATIONS = {"ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT"}
_TITLED = {"WORK_OF_ART", "LAW", "EVENT"}


@dataclass(frozen=True, slots=True)
class _Nouns:
    documents: frozenset[str]
    institutions: frozenset[str]
    people: frozenset[str]
    not_people: frozenset[str]


@lru_cache(maxsize=1)
def _nouns() -> _Nouns:
    data = tomllib.loads(resources.files("bot.extract._words").joinpath("speakers.toml").read_text("utf-8"))
    return _Nouns(**{key: frozenset(words.split()) for key, words in data.items()})


def kind_of(head: Token) -> EntityKind | None:
    """Return what the phrase with this head is; None where it is nothing that can speak."""
    nouns, lemma = _nouns(), head.lemma_.lower()
    if head.ent_type_ == "PERSON" and head.pos_ == "PROPN":
        return EntityKind.PERSON
    if lemma in nouns.documents or head.ent_type_ in _TITLED:
        return EntityKind.DOCUMENT
    plural = (
        head.tag_ in {"NNS", "NNPS"}
        or (head.pos_ == "ADJ")
        or head.lower_ in {"others", "some", "many", "people"}
    )
    if is_human(head):
        return EntityKind.GROUP if plural or head.pos_ in {"DET", "PRON"} else EntityKind.ANONYMOUS
    if lemma in nouns.institutions or head.ent_type_ in _ORGANISATIONS:
        return EntityKind.GROUP if plural and lemma in nouns.people else EntityKind.INSTITUTION
    return EntityKind.INSTITUTION if head.pos_ == "PROPN" else None


_PRONOUNS = frozenset(
    [
        "he",
        "she",
        "they",
        "it",
        "i",
        "we",
        "you",
        "who",
        "them",
        "him",
        "her",
        "his",
        "their",
        "its",
        "my",
        "our",
        "your",
        "me",
        "us",
    ]
)


def can_speak(head: Token) -> bool:
    """Say whether a phrase can be the source of reported speech: people, bodies, documents, pronouns."""
    if head.lower_ in {"that", "which", "who"}:
        return _antecedent_speaks(head)
    name = head.is_title and head.i > head.sent.start  # the model takes many a surname for a noun or verb
    return head.lower_ in _PRONOUNS or head.ent_type_ == "PERSON" or name or kind_of(head) is not None


def _antecedent_speaks(relative: Token) -> bool:
    clause = relative
    while clause.dep_ != "relcl" and clause.head.i != clause.i:
        clause = clause.head
    if clause.dep_ != "relcl" or clause.head.lower_ in {"that", "which", "who"}:
        return relative.lower_ == "who"
    return relative.lower_ == "who" or can_speak(clause.head)


def is_human(head: Token) -> bool:
    """Say whether a common noun names people."""
    nouns, lemma = _nouns(), head.lemma_.lower()
    if lemma in nouns.people or head.lower_ in nouns.people:
        return True
    if head.tag_ == "NNPS" and head.lower_.removesuffix("s") in nouns.people:
        return True
    return (
        head.pos_ == "NOUN"
        and bool(_AGENT.search(lemma))
        and lemma not in nouns.not_people
        and len(lemma) > 4
    )
