"""Facts against our own gold; the floors fail the suite when quality drops. `run eval facts` prints more."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.extract._dates import dates
from bot.extract._numbers import quantities
from bot.models import Span
from tests.gold import facts

DATED = date(2026, 2, 13)


@pytest.mark.parametrize("case", facts.cases("numbers"), ids=lambda case: case["text"])
def test_numbers_are_read_as_printed(case: dict[str, Any]) -> None:
    text = case["text"]
    taken = [Span(text.index(words), text.index(words) + len(words)) for words in case.get("taken", ())]
    found = [
        [q.span.of(text), q.value, q.value_max or "", q.unit or "", q.comparator or "", q.baseline or ""]
        for q in quantities(text, taken)
    ]
    assert found == case["is"]


@pytest.mark.parametrize("case", facts.cases("dates"), ids=lambda case: case["text"])
def test_dates_are_resolved_only_where_the_article_has_one(case: dict[str, Any]) -> None:
    assert [d.normalized for d in dates(case["text"])] == case["bare"]
    assert [d.normalized for d in dates(case["text"], DATED)] == case["dated"]


def test_facts_of_our_sentences() -> None:
    score = facts.sentences(facts.extractor())
    assert score.gold >= 50
    assert score.recall >= 0.93
    assert score.precision >= 0.93
    assert score.of("values") == 1
    assert score.of("dates") == 1
    assert score.of("attribution") >= 0.95
    assert score.of("modality") >= 0.95
    assert score.of("polarity") >= 0.95


def test_facts_of_the_reports() -> None:
    score = facts.reports(facts.extractor(informed=True))
    assert score.gold >= 40
    assert score.recall >= 0.9
    assert score.precision >= 0.9
    assert score.of("values") == 1
    assert score.of("dates") == 1
    assert score.of("attribution") >= 0.85


def test_there_are_enough_cases() -> None:
    assert sum(len(facts.cases(name)) for name in ("numbers", "dates", "sentences", "seeds")) >= 120
