"""Frozen values to rows and back; pure. Spans are [start, end] in JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.engine import RowMapping

from bot.models import (
    Article,
    DateMention,
    EntityKind,
    Fact,
    Findings,
    Flag,
    FlagKind,
    Mask,
    Mention,
    Modality,
    Polarity,
    Quantity,
    Quotation,
    QuotationKind,
    Span,
)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article with its id, the sentences that cleaning left standing and its noun phrases."""

    id: int
    article: Article
    sentences: tuple[Span, ...] = ()
    keyterms: tuple[Span, ...] = ()
    reprint_of: int | None = None


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """An article in a listing, without its text."""

    id: int
    source: str
    title: str | None
    publisher: str | None
    published: date | None
    fetched: datetime
    url: str | None
    quotations: int
    facts: int
    reprint_of: int | None = None
    versions: int = 0


@dataclass(frozen=True, slots=True)
class StoredQuotation:
    """A quotation with its id, its article's id and its speaker as a person of the workspace."""

    id: int
    article_id: int
    quotation: Quotation
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class StoredFact:
    """A fact with its id and its article's id."""

    id: int
    article_id: int
    fact: Fact


@dataclass(frozen=True, slots=True)
class StoredMention:
    """A mention with its id and its article's id."""

    id: int
    article_id: int
    mention: Mention


def article_row(article: Article, findings: Findings) -> Row:
    """Return the columns of an article, without id, workspace and the time of storing."""
    return {
        "source": article.source,
        "content_hash": article.content_hash,
        "text": article.text,
        "media": article.media,
        "url": article.url,
        "title": article.title,
        "publisher": article.publisher,
        "authors": list(article.authors),
        "published": article.published,
        "language": article.language,
        "headings": _spans(article.headings),
        "masks": [[m.span.start, m.span.end, m.rule] for m in article.masks],
        "flags": [[f.span.start, f.span.end, f.kind.value] for f in article.flags],
        "sentences": _spans(findings.sentences),
        "keyterms": _spans(findings.keyterms),
        "fetched": article.fetched,
    }


def stored_article(row: RowMapping) -> StoredArticle:
    """Return the article of a row of `articles`."""
    article = Article(
        source=row["source"],
        text=row["text"],
        content_hash=row["content_hash"],
        fetched=row["fetched"],
        media=row["media"],
        url=row["url"],
        title=row["title"],
        publisher=row["publisher"],
        authors=tuple(row["authors"]),
        published=row["published"],
        language=row["language"],
        headings=_to_spans(row["headings"]),
        masks=tuple(Mask(Span(start, end), rule) for start, end, rule in row["masks"]),
        flags=tuple(Flag(FlagKind(kind), Span(start, end)) for start, end, kind in row["flags"]),
    )
    sentences, keyterms = _to_spans(row["sentences"]), _to_spans(row["keyterms"])
    return StoredArticle(row["id"], article, sentences, keyterms, row["reprint_of"])


def quotation_row(q: Quotation) -> Row:
    """Return the columns of a quotation's own values."""
    return {
        "kind": q.kind.value,
        "content": _spans(q.content),
        "sentence": _span(q.sentence),
        "cue": _span(q.cue),
        "cue_lemma": q.cue_lemma,
        "speaker_span": _span(q.speaker_span),
        "speaker": q.speaker,
        "speaker_kind": q.speaker_kind.value if q.speaker_kind else None,
        "role": q.role,
        "polarity": q.polarity.value,
        "nested_in": q.nested_in,
        "reason": q.reason,
        "speaker_reason": q.speaker_reason,
    }


def stored_quotation(row: RowMapping) -> StoredQuotation:
    """Return the quotation of a row of `quotations`."""
    quotation = Quotation(
        kind=QuotationKind(row["kind"]),
        content=_to_spans(row["content"]),
        sentence=Span(*row["sentence"]),
        cue=_to_span(row["cue"]),
        cue_lemma=row["cue_lemma"],
        speaker_span=_to_span(row["speaker_span"]),
        speaker=row["speaker"],
        speaker_kind=EntityKind(row["speaker_kind"]) if row["speaker_kind"] else None,
        role=row["role"],
        polarity=Polarity(row["polarity"]),
        nested_in=row["nested_in"],
        reason=row["reason"],
        speaker_reason=row["speaker_reason"],
    )
    return StoredQuotation(row["id"], row["article_id"], quotation, row["person_id"])


def fact_row(fact: Fact) -> Row:
    """Return the columns of a fact's own values."""
    return {
        "content": _span(fact.content),
        "subject": _span(fact.subject),
        "predicate": _span(fact.predicate),
        "object": _span(fact.object),
        "sentence": _span(fact.sentence),
        "quantities": [
            [*q.span, q.value, q.value_max, q.unit, q.comparator, q.baseline] for q in fact.quantities
        ],
        "dates": [[*d.span, d.normalized] for d in fact.dates],
        "attributed_to": fact.attributed_to,
        "attribution_span": _span(fact.attribution_span),
        "modality": fact.modality.value,
        "negated": fact.negated,
        "reason": fact.reason,
    }


def stored_fact(row: RowMapping) -> StoredFact:
    """Return the fact of a row of `facts`."""
    fact = Fact(
        content=Span(*row["content"]),
        subject=_to_span(row["subject"]),
        predicate=_to_span(row["predicate"]),
        object=_to_span(row["object"]),
        sentence=Span(*row["sentence"]),
        quantities=tuple(Quantity(Span(s, e), *rest) for s, e, *rest in row["quantities"]),
        dates=tuple(DateMention(Span(s, e), normalized) for s, e, normalized in row["dates"]),
        attributed_to=row["attributed_to"],
        attribution_span=_to_span(row["attribution_span"]),
        modality=Modality(row["modality"]),
        negated=row["negated"],
        reason=row["reason"],
    )
    return StoredFact(row["id"], row["article_id"], fact)


def mention_row(mention: Mention) -> Row:
    """Return the columns of a mention's own values."""
    return {
        "start": mention.span.start,
        "end": mention.span.end,
        "kind": mention.kind.value,
        "entity": mention.entity,
        "quotation": mention.quotation,
    }


def stored_mention(row: RowMapping) -> StoredMention:
    """Return the mention of a row of `mentions`."""
    mention = Mention(
        Span(row["start"], row["end"]), EntityKind(row["kind"]), row["entity"], row["quotation"]
    )
    return StoredMention(row["id"], row["article_id"], mention)


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


def _to_span(value: Sequence[int] | None) -> Span | None:
    return None if value is None else Span(value[0], value[1])


def _to_spans(value: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(map(Span._make, value))
