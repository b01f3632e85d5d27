"""Replies as search gives them, of every shape; the sentences are ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.models import (
    Answer,
    DiffWord,
    Phrase,
    Place,
    Polarity,
    QuotationKind,
    Reply,
    Section,
    Span,
    Verification,
)

TEXT = "The harbour belongs to the people who live beside it"
_BEFORE = "A paragraph.\n" * 6
PLACE = Place(
    f"{_BEFORE}“{TEXT},” Ada Holm said on Friday.\n" + "Another paragraph.\n" * 17,
    Span(len(_BEFORE), len(_BEFORE) + 10),
    len(_BEFORE) + 1,
)


def answer(number: int = 0, **changes: object) -> Answer:
    """Return a direct quotation, changed as asked."""
    given = Answer(
        kind="quote",
        text=TEXT,
        spans=(Span(120 + number * 100, 172 + number * 100),),
        article_id=7,
        source="/articles/harbour.txt",
        score=0.9,
        place=PLACE,
        speaker="Ada Holm",
        role="mayor of Nordby",
        cue="said",
        polarity=Polarity.STATES,
        quotation_kind=QuotationKind.DIRECT,
        url="https://example.org/harbour?a=1&b=2",
        title="Mayors argue over the harbour",
        publisher="The Nordby Post",
        published=date(2026, 2, 14),
        fetched=datetime(2026, 2, 15, 23, 30, tzinfo=UTC),
    )
    return replace(given, **changes)  # type: ignore[arg-type]


NASTY = "<!channel> *bold* _it_ `code` :boom: <@U123> & </script> | > @here\n> quoted\x00"
HEADLINE = Phrase(
    "search.who_mentioned", {"speakers": 1, "topic": "the harbour", "articles": 1, "quotations": 1}
)

REPLIES: dict[str, Reply] = {
    "one_quotation": Reply("who mentioned the harbour", HEADLINE, (answer(),), articles_searched=5),
    "reported_and_rejected": Reply(
        "did Holm reject the sale",
        Phrase("search.found", {"answers": 2, "articles": 1}),
        (
            answer(quotation_kind=QuotationKind.INDIRECT, polarity=Polarity.REJECTS, cue="dismissed"),
            answer(1, quotation_kind=QuotationKind.MIXED, polarity=Polarity.ASKS, cue="asked", url=None),
        ),
        verdict=True,
    ),
    "many_speakers": Reply(
        "who mentioned the harbour",
        replace(
            HEADLINE, values={"speakers": 12, "topic": "the harbour", "articles": 4, "quotations": 23}
        ),
        tuple(
            answer(n, speaker=f"Speaker {n % 12}", article_id=n % 4, title=f"Report {n % 4}")
            for n in range(23)
        ),
    ),
    "not_said": Reply(
        "did Ada Holm say the harbour is for sale",
        Phrase("search.did_not_say", {"articles": 5, "speaker": "Ada Holm"}),
        (answer(),),
        verdict=False,
    ),
    "narration_and_nearest": Reply(
        "who mentioned the ferry",
        Phrase("search.nobody", {"topic": "the ferry", "articles": 5}),
        narration=tuple(answer(n, kind="mention", speaker=None, quotation_kind=None) for n in range(4)),
        nearest=(answer(9),),
        notes=(Phrase("search.corrected", {"used": "ferry", "typed": "fery"}),),
    ),
    "verify_near": Reply(
        'verify "The harbour belongs to all"',
        Phrase("search.verify_near", {"speaker": "Ada Holm"}),
        (answer(),),
        verification=Verification.NEAR,
        diff=(DiffWord("same", "belongs"), DiffWord("missing", "all"), DiffWord("added", "the")),
    ),
    "verify_verbatim": Reply(
        f'verify "{TEXT}"',
        Phrase("search.verify_verbatim", {"speaker": "Ada Holm"}),
        (answer(),),
        verification=Verification.VERBATIM,
    ),
    "verify_other_speaker": Reply(
        f'verify "{TEXT}" Per Lind',
        Phrase("search.verify_other_speaker", {"speaker": "Ada Holm"}),
        (answer(),),
        verification=Verification.OTHER_SPEAKER,
        diff=(DiffWord("same", "belongs"),),
    ),
    "verify_reported": Reply(
        f'verify "{TEXT}"',
        Phrase("search.verify_reported", {"speaker": "Ada Holm"}),
        (answer(quotation_kind=QuotationKind.INDIRECT),),
        verification=Verification.REPORTED,
    ),
    "verify_not_found": Reply(
        'verify "Nobody said this"',
        Phrase("search.verify_not_found", {"articles": 5}),
        nearest=(answer(),),
        verification=Verification.NOT_FOUND,
    ),

    "ambiguous": Reply(
        "quotes Holm",
        Phrase("search.ambiguous", {"name": "Holm"}),
        choices=("quotes Ada Holm", "quotes Per Holm"),
    ),
    "empty_corpus": Reply("who mentioned ice", Phrase("search.empty_corpus")),
    "sections": Reply(
        "sources",
        Phrase("card.searched", {"articles": 2}),
        sections=(Section(Phrase("card.try"), ("one line", Phrase("card.no_date"))),),
        choices=("who mentioned ice",),
    ),
    "nasty": Reply(
        NASTY,
        Phrase("search.nobody", {"topic": NASTY, "articles": 5}),
        (
            answer(
                text=NASTY,
                speaker=NASTY,
                role=NASTY,
                cue=NASTY,
                title=NASTY,
                publisher=NASTY,
                url="https://example.org/a|b>c d\"e",
                also_in=(NASTY,),
            ),
            answer(1, url="javascript:alert(1)", published=None, title=None, sponsored=True),
        ),
        choices=(NASTY,),
        notes=(Phrase("search.read_as", {"question": NASTY}),),
        diff=(DiffWord("missing", NASTY),),
    ),
    "huge": Reply(
        "x" * 3_990,
        Phrase("search.nobody", {"topic": "y" * 4_000, "articles": 5}),
        tuple(
            answer(n, text="word " * 4_000, title="t" * 3_000, speaker="s" * 900, role="r" * 900)
            for n in range(60)
        ),
        narration=tuple(answer(n, text="word " * 4_000, kind="mention", speaker=None) for n in range(60)),
        nearest=tuple(answer(n, text="word " * 4_000) for n in range(60)),
        sections=tuple(Section(None, ("line " * 900,) * 50) for _ in range(30)),
        choices=("c" * 3_000,) * 30,
        notes=(Phrase("search.read_as", {"question": "n" * 4_000}),) * 30,
        diff=(DiffWord("added", "w" * 60),) * 2_000,
    ),
}  # fmt: skip
