"""The full-text index agrees with the articles, whoever writes, and other processes see what is new."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from datetime import UTC, datetime

from sqlalchemy import text

from bot.models import Article, Asker, EntityKind, Findings, Person, Quotation, QuotationKind, Span
from bot.reference import Reference
from bot.search import Searcher
from bot.store import Database, articles, passages, retrieval
from bot.store.reader import Reader
from bot.store.settling import settle

NOW = datetime(2026, 2, 18, tzinfo=UTC)
WORDS = ("glacier", "harbour", "frigate", "treaty", "pipeline", "satellite", "embargo", "ferry")


def report(name: str, word: str) -> tuple[Article, Findings]:
    text = f"The {word} matters, said Ada Lind of {name}."
    article = Article(name, text, hashlib.sha256(text.encode()).hexdigest(), NOW)
    said = Quotation(
        QuotationKind.INDIRECT, (Span(0, text.index(",")),), Span(0, len(text)), speaker="Ada Lind"
    )
    return article, Findings((said,), people=(Person("Ada Lind"),), sentences=(Span(0, len(text)),))


async def _index(db: Database, workspace: str) -> tuple[int, dict[str, int], dict[str, tuple[int, int]]]:
    async def read(reader: Reader) -> tuple[int, dict[str, int], dict[str, tuple[int, int]]]:
        state = await retrieval.state(reader, workspace)
        assert state is not None
        words = {w: n async for part in retrieval.words_since(reader, state.number, 0) for w, n in part if n}
        people = [p async for part in retrieval.speakers_since(reader, state.number, 0) for p in part]
        return state.passages, words, {p.name: (p.articles, p.quotations) for p in people if p.articles}

    return await db.reading(read)


async def test_two_writers_at_once_and_removals_leave_index_and_articles_in_agreement(
    database: Database, database_url: str
) -> None:
    other = await Database.open(database_url)
    reports = [report(f"{n}.txt", word) for n, word in enumerate(WORDS)]
    try:
        saved = await asyncio.gather(
            *(articles.save((database, other)[n % 2], "W1", *r) for n, r in enumerate(reports))
        )
        await asyncio.gather(
            articles.remove(database, "W1", saved[0].article_id),
            articles.remove(other, "W1", saved[1].article_id),
            articles.save(other, "W1", *report("2.txt", "lighthouse")),
        )
    finally:
        await other.close()
    kept = [passages.index(*r) for r in (report("2.txt", "lighthouse"), *reports[3:])]
    words: Counter[str] = Counter()
    for indexed in kept:
        words.update(indexed.words)
    found = await _index(database, "W1")
    assert found == (sum(len(i.passages) for i in kept), dict(words), {"Ada Lind": (len(kept), len(kept))})


async def test_another_process_finds_a_new_word_at_once(database: Database, database_url: str) -> None:
    other = await Database.open(database_url)
    try:
        searcher = Searcher(other, Reference())
        await articles.save(database, "W1", *report("1.txt", "glacier"))
        assert (await searcher.answer(Asker("W1"), "who mentioned lighthouses")).answers == ()
        await articles.save(database, "W1", *report("2.txt", "lighthouse"))
        found = await searcher.answer(Asker("W1"), "who mentioned lihgthouses")
        assert [a.speaker for a in found.answers] == ["Ada Lind"]
    finally:
        await other.close()


async def test_a_text_of_odd_signs_is_indexed_and_found(database: Database) -> None:
    text = "“AT&T’s C++ team can’t; NEAR(1) * 'quoted' \\ it,” said Ада Лінд."
    article = Article("odd.txt", text, hashlib.sha256(text.encode()).hexdigest(), NOW)
    said = Quotation(
        QuotationKind.DIRECT, (Span(0, text.index("said") - 1),), Span(0, len(text)), speaker="Ада Лінд",
        speaker_kind=EntityKind.PERSON,
    )  # fmt: skip
    await articles.save(database, "W1", article, Findings((said,), people=(Person("Ада Лінд"),)))
    searcher = Searcher(database, Reference())
    for question in ("quotes Лінд", "who mentioned AT&T", "who mentioned C++ team"):
        assert (await searcher.answer(Asker("W1"), question)).answers, question


async def test_the_index_of_many_saves_is_put_together_and_finds_the_same(database: Database) -> None:
    for n, word in enumerate(WORDS):
        await articles.save(database, "W1", *report(f"{n}.txt", word))
    await articles.remove(database, "W1", 1)
    asked = Searcher(database, Reference((), ()), now=lambda: NOW)
    before = await asked.answer(Asker("W1"), "quotes by Ada Lind")
    await settle(database)
    assert await _pieces(database) <= 1
    assert await asked.answer(Asker("W1"), "quotes by Ada Lind") == before
    await articles.save(database, "W1", *report("later.txt", "lighthouse"))
    later = await asked.answer(Asker("W1"), "who mentioned the lighthouse")
    assert [a.text for a in later.answers] == ["The lighthouse matters"]


async def _pieces(db: Database) -> int:
    if db.dialect != "sqlite":
        return 1
    async with db.read() as connection:
        counted = text("SELECT count(DISTINCT segid) FROM passage_words_idx")
        return int((await connection.execute(counted)).scalar_one())
