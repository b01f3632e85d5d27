"""What a follow-up asks, given the question before it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.search.follow import completed

SPEAKERS = {"holm", "ada holm", "lind"}


@pytest.mark.parametrize(
    ("previous", "said", "asked"),
    [
        ("who mentioned the harbour", "and Lind?", "what did Lind say about the harbour"),
        ("who mentioned the harbour", "and the ferry?", "who mentioned the ferry"),
        ("what did Holm say about the harbour", "and Lind?", "what did Lind say about the harbour"),
        ("what did Holm say about the harbour", "what about the ferry", "what did Holm say about the ferry"),
        ("what did Holm say about the harbour", "and on fish?", "what did Holm say about fish"),
        ("quotes Holm", "and Lind?", "quotes Lind"),
        ("quotes Holm", "and about the ferry?", "what did Holm say about the ferry"),
        ("Holm", "and Lind", "quotes Lind"),
        ("facts ferry", "and the harbour?", "facts the harbour"),
        ("did Holm say ice is thin", "and Lind?", "did Lind say ice is thin"),
        ("who mentioned the harbour", "and what did Lind say?", "what did Lind say about the harbour"),
        ("what did Holm say about fish", "what did she say about ice?", "what did Holm say about ice?"),
        ("who mentioned the harbour", "who mentioned the ferry", "who mentioned the ferry"),
        ('verify "a b c"', "and Lind?", "and Lind?"),
        ("", "and Lind?", "and Lind?"),
        ("help", "ferry", "ferry"),
    ],
)
def test_a_follow_up_is_completed(previous: str, said: str, asked: str) -> None:
    found = completed(previous, said, date(2026, 2, 20), lambda words: words.casefold() in SPEAKERS)
    assert found == asked
