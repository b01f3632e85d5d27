"""Facts: what in an article a third party could check, with its numbers, dates and source."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.extract import Extractor
from bot.models import Article, Fact, Modality
from bot.reference import Reference

EXTRACTOR = Extractor(Reference())


def article(text: str, published: date | None = None) -> Article:
    return Article("t", text, "h", datetime(2026, 2, 14, tzinfo=UTC), published=published)


def found(text: str, published: date | None = None) -> list[Fact]:
    return list(EXTRACTOR.findings(article(text, published)).facts)


def clauses(text: str) -> list[str]:
    return [fact.content.of(text) for fact in found(text)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Norway delivered 40 tanks to Estonia in March 2025.",
            ["Norway delivered 40 tanks to Estonia in March 2025"],
        ),
        (
            "Poland, which has spent $12 billion since 2022, opened a depot in Gdansk on Monday.",
            [
                "Poland, which has spent $12 billion since 2022",
                "Poland, which has spent $12 billion since 2022, opened a depot in Gdansk on Monday",
            ],
        ),
        ("Portugal has not joined the programme.", ["Portugal has not joined the programme"]),
        ("The allies must spend more on air defence.", []),
        ("It was a wonderful evening for everyone.", []),
        ("Would Lisbon send 300 soldiers to Riga?", []),
    ],
)
def test_a_clause_that_can_be_checked_is_a_fact(sentence: str, expected: list[str]) -> None:
    assert clauses(sentence) == expected


def test_numbers_are_read_as_printed() -> None:
    text = "Some two-thirds of the union's 27 members have signed the treaty, according to a report."
    (fact,) = found(text)
    assert [(q.value, q.unit, q.comparator) for q in fact.quantities] == [
        (0.6667, "members", "some"),
        (27.0, "members", None),
    ]
    assert fact.attributed_to == "report"


def test_relative_dates_stay_words_until_the_article_has_a_date() -> None:
    text = "Latvia closed the border crossing last month."
    assert [d.normalized for d in found(text)[0].dates] == ["last month"]
    assert [d.normalized for d in found(text, date(2026, 1, 9))[0].dates] == ["2025-12"]


def test_what_is_to_come_is_a_forecast() -> None:
    (fact,) = found("By 2030, Denmark will spend 3% of its budget on roads.")
    assert fact.modality is Modality.FORECAST
