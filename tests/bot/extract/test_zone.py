"""A process that reads articles all day finds the same as a fresh one, and does not remember every word."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.extract import Extractor, _nlp, _zone
from bot.models import Article
from bot.reference import Reference

NOW = datetime(2026, 2, 14, tzinfo=UTC)


def articles(name: str) -> list[Article]:
    texts = [
        f"“We open quay {name}{n} on Monday,” said Mayor Ada Lind{name}{n} of Harbour." for n in range(9)
    ]
    return [Article(f"{n}", text, f"{n}", NOW) for n, text in enumerate(texts)]


def test_what_was_learnt_of_new_words_is_freed_and_nothing_else_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_zone, "ARTICLES", 4)
    plain, bound = Extractor(Reference()), Extractor(Reference())
    bound.bound()
    strings = _nlp.load(bound.model).vocab.strings
    before = len(strings)
    try:
        found = [bound.findings(one) for one in articles("xq")]
    finally:
        bound._zone._open.close()

    assert len(strings) == before
    assert found == [plain.findings(one) for one in articles("xq")]
    assert all(one.quotations for one in found)
    assert len(strings) > before  # so the words were new ones
