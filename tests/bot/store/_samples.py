"""Small articles of our own with what was found in them, for the tests of the store."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

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
    Person,
    Polarity,
    Quantity,
    Quotation,
    QuotationKind,
    Span,
)

TEXT = (
    "Harbour opens\n\n"
    "“We open on Monday,” said Mayor Ada Lind. The works cost 4.5 million euros in 2025.\n\n"
    "Lind denied that the quay was late. Subscribe to our letter.\n"
)


def span(words: str, text: str = TEXT) -> Span:
    """Return the range of some words of the text."""
    start = text.index(words)
    return Span(start, start + len(words))


def article(source: str = "harbour.txt", text: str = TEXT, **changes: object) -> Article:
    """Return an article with a value in every field."""
    values: dict[str, object] = {
        "source": source,
        "text": text,
        "content_hash": hashlib.sha256(text.encode()).hexdigest(),
        "fetched": datetime(2026, 2, 14, 9, 30, tzinfo=UTC),
        "media": "text/plain",
        "url": "https://example.org/harbour",
        "title": "Harbour opens",
        "publisher": "The Quay",
        "authors": ("Bo Berg", "Eva Ek"),
        "published": date(2026, 2, 14),
        "headings": (Span(0, 13),),
        "masks": (Mask(Span(len(text) - 25, len(text) - 1), "subscribe"),),
        "flags": (Flag(FlagKind.OPINION, Span(0, 7)),),
    }
    return Article(**(values | changes))  # type: ignore[arg-type]


def quotation(words: str, speaker: str | None, text: str = TEXT, **changes: object) -> Quotation:
    """Return a direct quotation of these words."""
    content = span(words, text)
    values: dict[str, object] = {"kind": QuotationKind.DIRECT, "content": (content,), "sentence": content}
    return Quotation(**(values | {"speaker": speaker, "speaker_kind": EntityKind.PERSON} | changes))  # type: ignore[arg-type]


def findings() -> Findings:
    """Return findings of `TEXT` with a value in every field."""
    return Findings(
        quotations=(
            quotation(
                "We open on Monday,",
                "Ada Lind",
                sentence=span("“We open on Monday,” said Mayor Ada Lind."),
                cue=span("said"),
                cue_lemma="say",
                speaker_span=span("Mayor Ada Lind"),
                role="Mayor",
                reason="marks",
                speaker_reason="subject",
            ),
            quotation(
                "the quay was late",
                "Ada Lind",
                kind=QuotationKind.INDIRECT,
                polarity=Polarity.DENIES,
                content=(span("the quay"), span("was late")),
                nested_in=0,
            ),
        ),
        facts=(
            Fact(
                content=span("The works cost 4.5 million euros in 2025."),
                subject=span("The works"),
                predicate=span("cost"),
                object=span("4.5 million euros"),
                sentence=span("The works cost 4.5 million euros in 2025."),
                quantities=(Quantity(span("4.5 million"), 4.5e6, None, "EUR", "=", None),),
                dates=(DateMention(span("2025"), "2025"),),
                attributed_to="Ada Lind",
                attribution_span=span("Ada Lind"),
                modality=Modality.FORECAST,
                negated=True,
                reason="number",
            ),
        ),
        mentions=(Mention(span("the quay"), EntityKind.PLACE, "quay", 1),),
        people=(Person("Ada Lind", EntityKind.PERSON, ("Mayor",), ("Lind",)),),
        sentences=(span("“We open on Monday,” said Mayor Ada Lind."),),
    )


def people(*persons: Person | str) -> Findings:
    """Return findings that hold nothing but people."""
    return Findings(people=tuple(p if isinstance(p, Person) else Person(p) for p in persons))
