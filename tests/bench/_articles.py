"""Rows of the bench's corpus as articles with their findings, as an ingest would save them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from bot.models import Article, EntityKind, Findings, Quotation, QuotationKind, Span
from bot.normalise import content_words
from tests.bench._corpus import Row

NOW = datetime(2026, 2, 18, tzinfo=UTC)


def made(number: int, rows: Sequence[Row]) -> tuple[Article, Findings]:
    """Return an article in which each row is a paragraph: “words,” speaker said."""
    text, quotations, sentences = f"Report {number}\n", [], []
    for row in rows:
        start = len(text) + 2
        text += f"\n“{row.text},” {row.speaker} said.\n"
        end = start + len(row.text)
        name = Span(end + 3, end + 3 + len(row.speaker))
        sentence = Span(start - 1, len(text) - 1)
        sentences.append(sentence)
        quotations.append(
            Quotation(
                kind=QuotationKind.DIRECT,
                content=(Span(start, end),),
                sentence=sentence,
                cue=Span(name.end + 1, name.end + 5),
                speaker_span=name,
                speaker=row.speaker,
                speaker_kind=EntityKind.PERSON,
            )
        )
    article = Article(
        source=f"/bench/{number}.txt",
        text=text,
        content_hash=hashlib.sha256(text.encode()).hexdigest(),
        fetched=NOW,
        title=f"Report {number}",
        published=date(2026, 2, 18) - timedelta(days=number % 365),
    )
    return article, Findings(quotations=tuple(quotations), sentences=tuple(sentences))


def topics(rows: Sequence[Row], most: int) -> list[str]:
    """Return words that a few of the rows hold, the more frequent first."""
    counts = Counter(word for row in rows for word in set(content_words(row.text)))
    return [word for word, count in counts.most_common() if 3 <= count <= 400 and word.isalpha()][:most]
