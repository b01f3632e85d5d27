"""Names that neither file knows: what the model labels, checked against capitals and telling words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc
from spacy.tokens import Span as Entity

from bot.extract._words import lists
from bot.models import EntityKind, Span

_LABELS = {
    "GPE": EntityKind.PLACE,
    "LOC": EntityKind.PLACE,
    "FAC": EntityKind.PLACE,
    "ORG": EntityKind.INSTITUTION,
    "LAW": EntityKind.DOCUMENT,
    "EVENT": EntityKind.TERM,
    "PRODUCT": EntityKind.TERM,
    "WORK_OF_ART": EntityKind.TERM,
}
_KINDS = {
    "programme_words": EntityKind.PROGRAMME,
    "document_words": EntityKind.DOCUMENT,
    "place_words": EntityKind.PLACE,
    "institution_words": EntityKind.INSTITUTION,
}
_WORDS = lists("entities")
_CAPITAL = r"[A-ZÀ-Þ][\w’'-]*(?<![’'])"
_SEQUENCE = re.compile(rf"{_CAPITAL}(?:(?:’s|'s)? (?:(?:of|for|and|on|the|de) )*{_CAPITAL})+")
_LEAD = re.compile(r"(?:[Tt]he |[Aa]n? |[“\"‘'(\[]|\w+[’']s )+")
_DAYS = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:19|20)\d\d\b")


class Named(NamedTuple):
    """A name at a span of the paragraph, its kind, and whether a word or the model gives that kind."""

    span: Span
    kind: EntityKind
    sure: bool


def names(doc: Doc) -> Iterator[Named]:
    """Yield the names of a paragraph: the model's entities, and capitals in a row with a telling word."""
    text = doc.text
    for entity in doc.ents:
        kind = _LABELS.get(entity.label_)
        span = _trimmed(text, Span(entity.start_char, entity.end_char)) if kind else None
        if kind and span and _name_like(span.of(text)) and not (entity.label_ == "ORG" and _opens(entity)):
            told = _told(span.of(text))
            yield Named(span, told or kind, told is not None or " " in span.of(text))
    for match in _SEQUENCE.finditer(text):
        span = _trimmed(text, Span(*match.span()))
        told = _told(span.of(text)) if span else None
        if span and told and _name_like(span.of(text)):
            yield Named(span, told, True)


def _opens(entity: Entity) -> bool:
    """Say whether a lone word is capital only because it opens its sentence."""
    return len(entity) == 1 and entity.root.is_sent_start is True and not entity.text.isupper()


def _trimmed(text: str, span: Span) -> Span | None:
    """Without article, marks, possessive ending and a possessor of one word ("Berlin’s Hotel …")."""
    printed = span.of(text)
    lead = _LEAD.match(printed)
    start = span.start + (lead.end() if lead and lead.end() < len(printed) else 0)
    tail = re.search(r"(?:[’']s?|[”\"’')\],;:]|(?<!\.[A-Z])(?<!\b[A-Z])\.)+$", text[start : span.end])
    end = start + tail.start() if tail else span.end
    return Span(start, end) if start < end else None


def _name_like(printed: str) -> bool:
    if not printed[0].isupper() or len(printed) < 2 or "\n" in printed or _DAYS.search(printed):
        return False
    lowered = [word.lower() for word in re.findall(r"[^\W\d_]+", printed)]
    if not lowered or any(mark in printed for mark in '“”"[]()'):
        return False
    return not all(word in _WORDS["no_names"] or word in _WORDS["small"] for word in lowered)


def _told(printed: str) -> EntityKind | None:
    """The kind that one of its words gives, the last first."""
    for word in reversed(re.findall(r"[^\W\d_]+", printed)):
        for key, kind in _KINDS.items():
            if word.lower() in _WORDS[key] and " " in printed:
                return kind
    return None
