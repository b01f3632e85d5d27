"""Facts: clauses that a third party could check against a record, with their numbers, dates and source.

Clauses come from the parse (`_clauses`), numbers and dates from our grammars (`_numbers`, `_dates`), the
choice from `_judge`, attribution from the quotations and cues around the clause. Nothing is computed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.extract import _judge as judge
from bot.extract._arguments import Range
from bot.extract._attribution import Attribution, attribution
from bot.extract._clause_mood import modality, negated
from bot.extract._clauses import Clause, clauses
from bot.extract._counted import counted
from bot.extract._dates import dates
from bot.extract._events import events
from bot.extract._evidence import weigh
from bot.extract._nlp import Paragraph, Parsed
from bot.extract._numbers import quantities
from bot.extract._tree import Tree, tree
from bot.extract._words import lists
from bot.models import DateMention, Fact, Modality, Quantity, Quotation, Span

_SAYING = lists("facts")["saying"]
_MEASURES = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred|thousand|million|"
    r"billion|trillion|dozen|half|quarter|third|one|double|triple|twice|\w+fold|doubl\w+|tripl\w+)\b",
    re.IGNORECASE,
)


def facts(parsed: Parsed, quotations: Sequence[Quotation] = ()) -> list[Fact]:
    """Return the facts of an article in order; `quotations` say to whom a clause is attributed."""
    found = [
        fact
        for paragraph in parsed.paragraphs
        if not paragraph.heading
        for fact in _in_paragraph(parsed, paragraph, quotations)
    ]
    return sorted(found, key=lambda fact: fact.content)


def _in_paragraph(parsed: Parsed, paragraph: Paragraph, quotations: Sequence[Quotation]) -> Iterator[Fact]:
    read = tree(paragraph.doc)
    whole = Span(paragraph.start, paragraph.start + len(read.text))
    near = [q for q in quotations if any(whole.overlaps(span) for span in q.content)]
    published = parsed.article.published
    times = dates(read.text, published)
    ahead = dates(read.text, published, ahead=True) if published else times
    numbers = quantities(read.text, [d.span for d in times]) if _MEASURES.search(read.text) else []
    document = False
    for start, end in read.sentences:
        low, high = read.starts[start], read.ends[end - 1]
        measures = counted(read, [q for q in numbers if low <= q.span.start < high], start)
        days = [d for d in times if low <= d.span.start < high]
        chosen = list(_chosen(read, (start, end), measures, days, document))
        document = judge.document(read, start, end)
        for clause, why in _distinct(chosen):
            coming = modality(read, clause) is not Modality.ASSERTED
            calendar = [d for d in ahead if low <= d.span.start < high] if coming else days
            source = attribution(read, clause, paragraph.start, near)
            yield _fact(read, clause, why, (start, end), measures, calendar, source, paragraph.start)


def _chosen(
    read: Tree,
    sentence: Range,
    measures: Sequence[Quantity],
    days: Sequence[DateMention],
    document: bool,
) -> Iterator[tuple[Clause, str]]:
    """The clauses of a sentence that are facts, each with its reason."""
    found = (*clauses(read, *sentence, _SAYING), *events(read, *sentence, [d.span for d in days]))
    for clause in found:
        why = judge.reason(read, clause, weigh(read, clause, sentence[0], measures, days, document))
        if why:
            yield clause, why


def _distinct(chosen: list[tuple[Clause, str]]) -> list[tuple[Clause, str]]:
    """Of one slice found twice the first; a finding or event yields to the facts inside it."""
    kept: list[tuple[Clause, str]] = []
    for clause, why in chosen:
        inside = [c.span for c, _ in chosen if c is not clause and _holds(clause.span, c.span)]
        around = [c.span for c, _ in chosen if c is not clause and _holds(c.span, clause.span)]
        if any(c.span == clause.span for c, _ in kept):
            continue
        if inside and why.startswith("document"):
            continue
        if clause.kind == "relative" and any(c.kind == "apposition" and _ends(c, clause) for c, _ in chosen):
            continue
        if clause.kind == "event" and any(low <= clause.head < high for low, high in inside):
            continue
        if around and clause.kind == "event":
            continue
        kept.append((clause, why))
    return kept


def _ends(apposition: Clause, relative: Clause) -> bool:
    """Say whether an apposition says already what a relative clause at its end would say again."""
    return _holds(apposition.span, relative.span) and apposition.head == relative.topic


def _holds(outer: Range, inner: Range) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1] and outer != inner


def _fact(
    read: Tree,
    clause: Clause,
    why: str,
    sentence: Range,
    measures: Sequence[Quantity],
    days: Sequence[DateMention],
    source: Attribution,
    offset: int,
) -> Fact:
    content = _span(read, clause.span, 0)
    assert content is not None
    return Fact(
        content=_moved(content, offset),
        subject=_span(read, clause.subject, offset),
        predicate=_span(read, clause.predicate, offset),
        object=_span(read, clause.object, offset),
        sentence=_moved(Span(read.starts[sentence[0]], read.ends[sentence[1] - 1]), offset),
        quantities=tuple(
            Quantity(_moved(q.span, offset), q.value, q.value_max, q.unit, q.comparator, q.baseline)
            for q in measures
            if content.holds(q.span)
        ),
        dates=tuple(DateMention(_moved(d.span, offset), d.normalized) for d in days if content.holds(d.span)),
        attributed_to=source.speaker,
        attribution_span=source.span,
        modality=modality(read, clause),
        negated=negated(read, clause),
        reason=why,
    )


def _span(read: Tree, tokens: Range | None, offset: int) -> Span | None:
    if tokens is None:
        return None
    return Span(offset + read.starts[tokens[0]], offset + read.ends[tokens[1] - 1])


def _moved(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)
