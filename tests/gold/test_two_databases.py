"""SQLite and PostgreSQL give the same answers, to all our questions and to the oddest ones."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from bot import reference
from bot.clean import clean
from bot.errors import SourceError
from bot.extract import Extractor
from bot.fetch import files
from bot.models import Article, Asker, Findings, Reply
from bot.search import Searcher
from bot.settings import Settings
from bot.store import Database, articles
from tests.eval.questions import ROOT
from tests.gold.odd_questions import ODD

Read = Sequence[tuple[Article, Findings]]


@pytest.fixture(scope="module")
def known() -> reference.Reference:
    """The editable files as they ship."""
    chosen = Settings(_env_file=None)
    return reference.load(chosen.people, chosen.terms)


@pytest.fixture(scope="module")
def read(known: reference.Reference) -> Read:
    """Our articles with what is found in them."""
    extractor, found = Extractor(known), []
    for raw in files.read([str(ROOT / "seeds" / "articles")]):
        assert not isinstance(raw, SourceError)
        article = clean(raw)
        found.append((article, extractor.findings(article)))
    return found


async def _replies(url: str, read: Read, known: reference.Reference, questions: Sequence[str]) -> list[Reply]:
    db = await Database.open(url)
    try:
        for article, findings in read:
            await articles.save(db, "W1", article, findings)
        searcher = Searcher(db, known)
        return [await searcher.answer(Asker("W1"), q) for q in questions]
    finally:
        await db.close()


async def test_both_databases_give_the_same_answers_to_every_question(
    migrated_sqlite_url: str, migrated_postgresql_url: str, read: Read, known: reference.Reference
) -> None:
    lines = (ROOT / "tests" / "gold" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [*(json.loads(line)["q"] for line in lines), *ODD]
    here = await _replies(migrated_sqlite_url, read, known, questions)
    there = await _replies(migrated_postgresql_url, read, known, questions)
    assert [q for q, a, b in zip(questions, here, there, strict=True) if a != b] == []
    assert sum(bool(r.answers or r.narration) for r in here) > 100


async def test_an_odd_question_finds_nothing_or_what_it_names(
    migrated_sqlite_url: str, read: Read, known: reference.Reference
) -> None:
    named = {"who mentioned \x00 Greenland", "GREENLAND", "Ｇｒｅｅｎｌａｎｄ", "-rutte", "^rutte", "rutte*"}
    nothing = {"*", '"', "--", "👍", "?!…", "the of and to", "\x00", "", "AT&T", "C++", "a" * 5_000}
    asked = sorted(named | nothing)
    found = dict(zip(asked, await _replies(migrated_sqlite_url, read, known, asked), strict=True))
    assert {q for q, r in found.items() if r.answers or r.narration} == named
    assert all(found[q].headline.key in {"search.nothing", "search.no_words"} for q in nothing)
