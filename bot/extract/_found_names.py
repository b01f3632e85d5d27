"""Names as they stand in an article: full ones, those on file, and bare surnames.

The small model calls many a surname anything but a person, so surnames are matched to the full names found
elsewhere in the article.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from bot.extract._agreement import by_given_name, by_title
from bot.extract._names import Name, parse_name
from bot.extract._nlp import Paragraph, Parsed
from bot.models import EntityKind, Span
from bot.normalise import fold
from bot.reference import Reference

_PARTICLES = r"(?:al|bin|de|da|dos|van|von|der|den|la|di|Ní|Ó|Mac|Mc)[ -]"
_NAME_PARTICLE = re.compile(r" (?:al|bin|van|von|Ní|Ó|Mac)[ -]")  # "de" and "la" stand in place names too
_FULL_NAME = re.compile(rf"[A-ZÀ-Þ][\w’'-]+ (?:[A-ZÀ-Þ]\. |{_PARTICLES})*[A-ZÀ-Þ][\w’'-]*\w(?:-[A-ZÀ-Þ]\w+)?")
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_CAPITALS = re.compile(r"[^\W\d_]*[A-ZÀ-Þ][\w’'-]*")


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name at a span; `title` is "he" or "she" where a title before it tells."""

    span: Span
    name: Name
    paragraph: int
    token: Token
    heading: bool
    title: str | None = None


def named(parsed: Parsed, reference: Reference) -> list[FoundName]:
    """Find names that the model takes for persons, and those of the file of people."""
    known, places = _known_names(reference), _places(parsed)
    found: list[FoundName] = []
    for index, paragraph in enumerate(parsed.paragraphs):
        taken: set[int] = set()  # characters of the paragraph that a name holds already
        found.extend(_of_model(paragraph, index, taken, places))
        found.extend(_of_spelling(paragraph, index, taken, known))
    return found


def _places(parsed: Parsed) -> frozenset[str]:
    """Return the names that the model takes for a place more often than for a person, once behind "in"."""
    labels: Counter[str] = Counter()
    inside: set[str] = set()
    for paragraph in parsed.paragraphs:
        for entity in paragraph.doc.ents:
            place = entity.label_ in _PLACES
            labels[entity.text] += place - (entity.label_ == "PERSON")
            if place and entity.start and entity.doc[entity.start - 1].lower_ == "in":
                inside.add(entity.text)
    return frozenset(text for text in inside if labels[text] > 0)


def _of_model(
    paragraph: Paragraph, index: int, taken: set[int], places: frozenset[str]
) -> Iterator[FoundName]:
    text, at = paragraph.doc.text, paragraph.start
    for entity in paragraph.doc.ents:
        person = entity.label_ == "PERSON" and entity.text not in places and _plausible(entity.text)
        name = parse_name(entity.text) if person else None
        if name is None:
            continue
        first, last = entity.start_char, entity.end_char
        title = by_title(text[max(0, first - 14) : first] + _titles(entity.text))
        taken.update(range(first, last))
        yield FoundName(Span(at + first, at + last), name, index, entity.root, paragraph.heading, title)


def _of_spelling(
    paragraph: Paragraph, index: int, taken: set[int], known: re.Pattern[str] | None
) -> Iterator[FoundName]:
    doc, at = paragraph.doc, paragraph.start
    for match in [m for pattern in (known, _FULL_NAME) if pattern for m in pattern.finditer(doc.text)]:
        piece = None if match.start() in taken else doc.char_span(*match.span(), alignment_mode="expand")
        name = parse_name(match.group()) if piece is not None and _spelled(match.group(), known) else None
        if piece is None or name is None:
            continue
        taken.update(range(*match.span()))
        span = Span(at + match.start(), at + match.end())
        yield FoundName(span, name, index, piece.root, paragraph.heading)


def _spelled(text: str, known: re.Pattern[str] | None) -> bool:
    """Say whether a run of capitalised words is a name: on file, with a given name, or with a particle."""
    if known is not None and known.fullmatch(text) is not None:
        return True
    return by_given_name(fold(text.split()[0])) is not None or _NAME_PARTICLE.search(text) is not None


def _titles(text: str) -> str:
    """Return the title that the model took for part of a name."""
    first, _, rest = text.partition(" ")
    return f"{first} " if rest else ""


def _plausible(text: str) -> bool:
    return text[:1].isalpha() and "\n" not in text.strip() and not any(c.isdigit() for c in text)


def _known_names(reference: Reference) -> re.Pattern[str] | None:
    names = {
        n for p in reference.people if p.kind is EntityKind.PERSON for n in (p.name, *p.aliases) if " " in n
    }
    if not names:
        return None
    return re.compile(rf"\b(?:{'|'.join(re.escape(n) for n in sorted(names, key=len, reverse=True))})\b")


def surnames(parsed: Parsed, known: set[str], found: list[FoundName]) -> list[FoundName]:
    """Find capitalised words that are surnames of the article's people."""
    covered = sorted(f.span for f in found)
    result = []
    for index, paragraph in enumerate(parsed.paragraphs):
        for match in _CAPITALS.finditer(paragraph.doc.text):
            name = parse_name(match.group()) if _last(match.group()) in known else None
            start = paragraph.start + match.start()
            if name is None or _covered(covered, start):
                continue
            token = _token_at(paragraph, match.start(), match.end())
            if token is not None and token.pos_ in {"PROPN", "NOUN", "ADJ"}:
                result.append(
                    FoundName(
                        Span(start, paragraph.start + match.end()), name, index, token, paragraph.heading
                    )
                )
    return result


def _last(word: str) -> str:
    name = parse_name(word)
    return name.last if name is not None else ""


def _covered(spans: list[Span], start: int) -> bool:
    at = bisect_left(spans, start + 1, key=lambda s: s.start) - 1
    return at >= 0 and spans[at].end > start


def _token_at(paragraph: Paragraph, start: int, end: int) -> Token | None:
    piece = paragraph.doc.char_span(start, end, alignment_mode="expand")
    return piece.root if piece is not None else None
