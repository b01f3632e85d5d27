"""A single word is not compared letter by letter where it stands in the passage: it would change nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.search import rank

_WORDS = st.text("abcdefghij", min_size=1, max_size=8)


@given(_WORDS, st.lists(_WORDS, max_size=30), st.lists(_WORDS, max_size=30))
def test_a_word_among_others_is_as_like_as_can_be(word: str, before: list[str], after: list[str]) -> None:
    said = [*before, word, *after]
    tokens = " " + " ".join(f"1q:{t}" for t in said) + " 1q#direct "
    assert rank._in_order([word], tokens, "1q") == (rank._likeness(word, " ".join(said)), 0.0)
