"""Two quotations disagree only where the text says so."""

from __future__ import annotations

import pytest

from bot.models import Disagreement
from tests.bot.digest._articles import entry, made


def found(text: str) -> list[Disagreement]:
    _, themes = made([entry(1, text)])
    return [t.disagreement for t in themes if t.disagreement]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "Minister Ana Ruiz said that the harbour bridge is safe. Engineer Tom Lindqvist disputed that "
            "the harbour bridge is safe. The harbour bridge was closed.",
            {"Ana Ruiz", "Tom Lindqvist"},
        ),
        (
            "Minister Ana Ruiz said that the harbour bridge will open in May. But engineer Tom "
            "Lindqvist warned that the harbour bridge needs another year. The harbour bridge is long.",
            {"Ana Ruiz", "Tom Lindqvist"},
        ),
    ],
)
def test_an_explicit_sign_makes_a_disagreement(text: str, speakers: set[str]) -> None:
    pairs = found(text)
    assert pairs
    assert {pairs[0].one.speaker, pairs[0].other.speaker} == speakers
    assert pairs[0].sign in text


def test_tone_is_no_sign() -> None:
    text = (
        "Minister Ana Ruiz said that the harbour bridge is a gift. Engineer Tom Lindqvist said that "
        "the harbour bridge is an expensive joke. The harbour bridge is long."
    )
    assert found(text) == []


def test_who_denies_something_else_does_not_disagree_with_the_sentence_before() -> None:
    text = (
        "Minister Ana Ruiz said that the harbour bridge must carry lorries. Officials denied that Nordby "
        "had asked for a vote on the school. The harbour bridge is long."
    )
    assert found(text) == []


def test_a_disagreement_stands_in_one_theme_only() -> None:
    text = (
        "Minister Ana Ruiz said that the harbour bridge is safe for lorries. Engineer Tom Lindqvist disputed "
        "that the harbour bridge is safe for lorries. The harbour bridge was closed to lorries. Lorries wait."
    )
    assert len(found(text)) == 1
