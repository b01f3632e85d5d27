"""Noun phrases that could name a theme, as slices of the article."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.extract import Extractor
from bot.models import Article
from bot.reference import Reference

EXTRACTOR = Extractor(Reference())


def phrases(text: str) -> list[str]:
    article = Article("t", text, "h", datetime(2026, 2, 14, tzinfo=UTC))
    return [span.of(text) for span in EXTRACTOR.findings(article).keyterms]


@pytest.mark.parametrize(
    ("sentence", "found", "never"),
    [
        (
            "The ministers praised the umbrella of nuclear deterrence.",
            ["umbrella of nuclear deterrence", "nuclear deterrence"],
            ["The ministers", "the umbrella"],
        ),
        ("He spoke of mass migration last week.", ["mass migration"], ["He", "last week"]),
        (
            "Her two colleagues asked for faster weapons deliveries.",
            ["faster weapons deliveries"],
            ["Her two"],
        ),
        ("They bought “cheap” drones.", ["drones"], ["“cheap” drones", "They"]),
    ],
)
def test_noun_phrases_without_what_only_points(sentence: str, found: list[str], never: list[str]) -> None:
    got = phrases(sentence)
    assert [f for f in found if f not in got] == []
    assert [n for n in never if n in got] == []


def test_odd_text_gives_none() -> None:
    assert phrases("…\n\n”“\n\n42") == []
