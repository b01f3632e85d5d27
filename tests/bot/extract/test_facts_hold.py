"""What always holds of facts and mentions, whatever the text: slices, no invented number."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.extract import Extractor
from bot.extract._dates import dates
from bot.extract._numbers import quantities
from bot.extract._numerals import ONES, ORDINALS, SCALES, TENS
from bot.models import Article, Findings
from bot.reference import Reference

EXTRACTOR = Extractor(Reference())
NUMBER_WORDS = {
    *ONES, *TENS, *SCALES, *ORDINALS, "half", "third", "quarter", "fold", "doubl", "tripl", "quadrupl",
    "double", "triple", "quadruple", "twice", "thrice",
}  # fmt: skip
PIECES = st.sampled_from(
    [
        "Norway", "Rutte", "the report", "sent", "40 tanks", "$3.2 billion", "to Kyiv", "said", "that",
        ",", ".",
        "“", "”", "(", ")", "in 2024", "on Monday", "more than", "two-thirds of", "members", "which", "have",
        "not", "between 3 and 5", "percent", "—", "a fivefold rise", "according to", "analysts", "if", "must",
        "12,000", "1/2", "9/11", "\n\n", "3rd", "no longer", "half", "a", "million", "0", "-", "…",
        "\u200b", "₴5",
    ]
)  # fmt: skip


def found(text: str) -> Findings:
    return EXTRACTOR.findings(
        Article("t", text, "h", datetime(2026, 2, 14, tzinfo=UTC), published=date(2026, 2, 14))
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_every_span_is_a_slice_and_every_number_is_printed(text: str) -> None:
    findings = found(text)
    for fact in findings.facts:
        assert text[fact.content.start : fact.content.end].strip()
        assert fact.sentence.holds(fact.content)
        for part in (fact.subject, fact.predicate, fact.object, fact.attribution_span):
            assert part is None or 0 <= part.start < part.end <= len(text)
        for quantity in fact.quantities:
            words = quantity.span.of(text).lower()
            assert fact.content.holds(quantity.span)
            assert any(c.isdigit() for c in words) or any(word in words for word in NUMBER_WORDS)
        for mention in fact.dates:
            assert fact.content.holds(mention.span)
    for one in findings.mentions:
        assert one.span.of(text).strip() == one.span.of(text) != ""


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789.,/-–$€% abehilmnortuvwx\u00a0", max_size=60))
def test_the_grammars_bear_anything(text: str) -> None:
    times = dates(text, date(2026, 2, 14))
    for quantity in quantities(text, [d.span for d in times]):
        assert quantity.span.of(text)
        assert not any(quantity.span.overlaps(d.span) for d in times)
        if quantity.value_max is not None:
            assert quantity.value <= quantity.value_max or "between" in text


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 3_000,
        "between 1 and " * 2_000,
        "A, " * 3_000 + "met B in 2024.",
        "Rutte met Trump, who met Putin, " * 300,
        "(known as " * 1_500,
        "The Very Long Name (VLN) " * 500,
        "“" * 5_000,
        "NORWAY SENT 40 TANKS TO KYIV IN 2024 AND " * 200,
    ],
    ids=["numbers", "ranges", "list", "relatives", "brackets", "abbreviations", "marks", "capitals"],
)
def test_odd_text_is_borne(text: str) -> None:
    for fact in found(text).facts:
        assert fact.content.of(text)
