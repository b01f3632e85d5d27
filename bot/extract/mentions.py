"""Mentions: people, places, organisations, programmes and terms at their spans, each under one name.

Names come from four sources, the surer first: people of the article (`_people`), abbreviations that it
explains itself, the files of people and terms, and the model's entities where capitals bear them out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.extract._abbreviations import explained, nicknames
from bot.extract._capitals import names
from bot.extract._lexicon import Form, Forms, Match, forms, matches
from bot.extract._nlp import Parsed
from bot.extract._people import People
from bot.extract._words import lists
from bot.models import EntityKind, Mention, Quotation, Span
from bot.normalise import WORD, fold, name_key
from bot.reference import Reference

_POSSESSIVE = ("’s", "'s")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A possible mention; of two that overlap the lower rank wins, then the longer."""

    span: Span
    kind: EntityKind
    entity: str
    rank: int


def mentions(
    parsed: Parsed, quotations: Sequence[Quotation], reference: Reference, people: People
) -> list[Mention]:
    """Return the mentions of an article in order; `people` are those that its quotations were found with."""
    table = _with_explained(parsed, forms(reference))
    found = [*_people(parsed, people), *_of_lexicon(parsed, table), *_of_model(parsed, people)]
    chosen = _apart(found)
    inside = _Inside(quotations)
    return [Mention(c.span, c.kind, c.entity, inside.index(c.span)) for c in chosen]


def _people(parsed: Parsed, people: People) -> Iterable[_Candidate]:
    """People of the article; a lone word that nobody knows for a surname yields to the files."""
    text = parsed.article.text
    for mention in people.mentions:
        person = people.people[mention.person]
        lone = not person.name.given and person.known is None
        printed = mention.span.of(text)
        span = (
            Span(mention.span.start, mention.span.end - 2) if printed.endswith(_POSSESSIVE) else mention.span
        )
        yield _Candidate(span, EntityKind.PERSON, person.canonical, 3 if lone else 0)


def _with_explained(parsed: Parsed, table: Forms) -> Forms:
    """Add the short forms and nicknames that the article explains to the forms of the files."""
    added: list[Form] = []
    for paragraph in parsed.paragraphs:
        text = paragraph.doc.text
        for one in explained(text):
            known = next((m.form for m in matches(table, one.long) if m.span == Span(0, len(one.long))), None)
            entity, kind = (known.entity, known.kind) if known else (one.long, _kind(one.long))
            added += [_form(one.short, entity, kind), _form(one.long, entity, kind)]
        shorts = {form.printed for form in added}
        for span in nicknames(text):
            if span.of(text) in shorts:
                continue
            added.append(_form(span.of(text), span.of(text), _kind(span.of(text), EntityKind.TERM)))
    if not added:
        return table
    own: Forms = defaultdict(list, {key: list(value) for key, value in table.items()})
    for form in added:
        own[form.words[0]] = sorted([form, *own[form.words[0]]], key=lambda f: -len(f.words))
    return own


def _form(printed: str, entity: str, kind: EntityKind) -> Form:
    return Form(tuple(fold(word) for word in WORD.findall(printed)), printed, entity, kind)


def _kind(name: str, otherwise: EntityKind = EntityKind.INSTITUTION) -> EntityKind:
    last = [word.lower() for word in WORD.findall(name)]
    for key, kind in (("programme_words", EntityKind.PROGRAMME), ("document_words", EntityKind.DOCUMENT)):
        if any(word in lists("entities")[key] for word in last):
            return kind
    return otherwise


def _of_lexicon(parsed: Parsed, table: Forms) -> list[_Candidate]:
    """Forms of the files; what may stand for a term does so where the term itself is named."""
    found: list[tuple[int, Match]] = [
        (paragraph.start, match)
        for paragraph in parsed.paragraphs
        for match in matches(table, paragraph.doc.text)
    ]
    named = {match.form.entity for _, match in found if not match.form.also}
    return [
        _Candidate(_moved(match.span, offset), match.form.kind, match.form.entity, 2)
        for offset, match in found
        if not match.form.also or match.form.entity in named
    ]


def _of_model(parsed: Parsed, people: People) -> list[_Candidate]:
    """Names of the model and of capitals, each spelling under its most frequent form; none from headings."""
    surnames = {person.name.last for person in people.people}
    spans: list[tuple[Span, str, EntityKind, bool]] = []
    for paragraph in parsed.paragraphs:
        if paragraph.heading:
            continue
        for name in names(paragraph.doc):
            printed = name.span.of(paragraph.doc.text)
            if fold(printed) in surnames:
                continue
            spans.append((_moved(name.span, paragraph.start), printed, name.kind, name.sure))
    kinds: dict[str, Counter[EntityKind]] = defaultdict(Counter)
    printings: dict[str, Counter[str]] = defaultdict(Counter)
    for _, printed, kind, _ in spans:
        kinds[name_key(printed)][kind] += 1
        printings[name_key(printed)][printed] += 1
    return [
        _Candidate(
            span,
            kinds[name_key(printed)].most_common(1)[0][0],
            printings[name_key(printed)].most_common(1)[0][0],
            1 if sure and len(WORD.findall(printed)) > 2 else 3,
        )
        for span, printed, _, sure in spans
    ]


def _apart(found: list[_Candidate]) -> list[_Candidate]:
    """Choose candidates that do not overlap, the surer and longer first; in order of place."""
    chosen: list[_Candidate] = []
    starts: list[int] = []
    for one in sorted(found, key=lambda c: (c.rank, c.span.start - c.span.end, c.span)):
        at = bisect_right(starts, one.span.start)
        before = at > 0 and chosen[at - 1].span.end > one.span.start
        after = at < len(chosen) and chosen[at].span.start < one.span.end
        if not before and not after:
            chosen.insert(at, one)
            starts.insert(at, one.span.start)
    return chosen


class _Inside:
    """Finds the innermost quotation around a span, by the places where contents begin."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        self.spans = sorted((span, i) for i, q in enumerate(quotations) for span in q.content)
        self.longest = max((span.end - span.start for span, _ in self.spans), default=0)

    def index(self, span: Span) -> int | None:
        at = bisect_right(self.spans, (Span(span.start, 1 << 60), 1 << 60))
        while at > 0:
            at -= 1
            content, quotation = self.spans[at]
            if content.holds(span):
                return quotation
            if content.start < span.start - self.longest:
                break
        return None


def _moved(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)
