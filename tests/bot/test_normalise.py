"""Words are folded alike however they are spelt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.normalise import content_words, fold, name_key, terms, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("trans‑Atlantic", "trans-atlantic"),
        ("Zelenskyy’s", "zelenskyy"),
        ("Łódź", "lodz"),
        ("“Greenland”", "greenland"),
        ("Straße", "strasse"),
    ],
)
def test_spellings_that_a_reader_takes_for_the_same_fold_alike(one: str, other: str) -> None:
    assert words(one) == words(other)


def test_stop_words_stay_when_there_is_nothing_else() -> None:
    assert terms("who is it") == ["who", "is", "it"]
    assert terms("who mentioned Greenland") == ["mention", "greenland"]


def test_a_negated_verb_leaves_no_stump() -> None:
    assert content_words("it can't and won't and couldn't wait") == content_words("cannot wait") == ["wait"]


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing_and_leaves_no_nul(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert "\x00" not in fold(text)
    assert name_key(text) == " ".join(words(text))
